import { onceEach } from '../system/once-each.ts'
import { codeOf, type Expression, type Source, type Statement } from './syntax-tree.ts'

/** What a file in `test/` is made of. Code is compared without places, comments and layout. */
export interface TestFile {
  readonly tests: ReadonlyMap<string, Piece>
  /** What is not a test, and may therefore decide about every test, by its name. */
  readonly shared: ReadonlyMap<string, Shared>
}

interface Piece {
  /** The whole statement, as it is written. Where that is the same, so is the code. */
  readonly text: string
  /** Made only when it is asked for: that takes longer than to parse the file. */
  readonly code: () => string
}

interface Shared extends Piece {
  /** Whether it does nothing before it is used by name: an import, a function, a constant. */
  readonly waits: boolean
}

/** What differs between two versions of a file in `test/`, of what tests that stand are made of or share. */
export function changesBetween(before: TestFile, after: TestFile): readonly string[] {
  const changed = [...before.tests, ...before.shared]
    .filter(([name, piece]) => !isSame(piece, after.tests.get(name) ?? after.shared.get(name)))
    .map(([name]) => name)
  // A new constant or function does nothing until it is used by name, unless it shadows a global.
  const added = [...after.shared].filter(
    ([name, { waits }]) => !before.shared.has(name) && (!waits || name in globalThis),
  )
  return [...changed, ...added.map(([name]) => name)]
}

const isSame = (one: Piece, other: Piece | undefined): boolean =>
  other !== undefined && (one.text === other.text || one.code() === other.code())

/** Most files are asked about as what comes after a step and as what was before the next. */
export const testFileOf = onceEach(({ program: { body }, text }: Source): TestFile => {
  const tests = new Map<string, Piece>()
  const shared = new Map<string, Shared>()
  for (const statement of body) {
    const written = text.slice(statement.start, statement.end)
    const pieceOf = (code: unknown): Piece => {
      let made: string | undefined
      return { text: written, code: () => (made ??= codeOf(code)) }
    }
    const title = titleOf(statement)
    if (title !== null) tests.set(unused(title, tests), pieceOf(statement))
    else
      for (const { name, code, waits } of partsOf(statement)) {
        shared.set(unused(name, shared), { ...pieceOf(code), waits })
      }
  }
  return { tests, shared }
})

/** A second one of the same name is another one. */
function unused(name: string, taken: ReadonlyMap<string, unknown>): string {
  let [free, count] = [name, 1]
  while (taken.has(free)) free = `${name} (${(count += 1)})`
  return free
}

/** The title of `test('…', …)`, whatever is said of it between name and call; null for anything else. */
function titleOf(statement: Statement): string | null {
  if (statement.type !== 'ExpressionStatement' || statement.expression.type !== 'CallExpression') return null
  const {
    callee,
    arguments: [title],
  } = statement.expression
  if (!['test', 'it', 'describe', 'suite'].includes(rootOf(callee)) || !title) return null
  return title.type === 'Literal' && typeof title.value === 'string' ? title.value : codeOf(title)
}

/** `test` in `test.each([1])`. */
function rootOf(callee: Expression): string {
  if (callee.type === 'Identifier') return callee.name
  if (callee.type === 'CallExpression') return rootOf(callee.callee)
  return callee.type === 'MemberExpression' ? rootOf(callee.object) : ''
}

interface Part extends Pick<Shared, 'waits'> {
  readonly name: string
  /** A piece of the tree. */
  readonly code: unknown
}

const waiting = (name: string, code: unknown): Part => ({ name, code, waits: true })

function partsOf(statement: Statement): readonly Part[] {
  const doing = (name: string): readonly Part[] => [{ name, code: statement, waits: false }]
  switch (statement.type) {
    case 'ImportDeclaration': {
      const { specifiers, source } = statement
      if (specifiers.length === 0) return doing(`import '${source.value}'`)
      return specifiers.map((one) =>
        waiting(one.local.name, [source.value, one.type, 'imported' in one ? one.imported : null]),
      )
    }
    case 'ExportNamedDeclaration':
      return statement.declaration ? partsOf(statement.declaration) : [waiting('export', statement)]
    case 'VariableDeclaration':
      return statement.declarations.flatMap((one) =>
        namesIn(one.id).map((name) => waiting(name, [statement.kind, one])),
      )
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      return [waiting(statement.id?.name ?? 'default', statement)]
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
      return [] // Only the type checker reads it.
    case 'ExpressionStatement': {
      const { expression } = statement
      return doing(
        expression.type === 'CallExpression' && expression.callee.type === 'Identifier'
          ? `${expression.callee.name}()`
          : 'a statement',
      )
    }
    default:
      return doing(statement.type)
  }
}

/** The names that a pattern binds. */
function namesIn(pattern: unknown): readonly string[] {
  if (pattern === null || typeof pattern !== 'object') return []
  if ('type' in pattern && pattern.type === 'Identifier' && 'name' in pattern) return [String(pattern.name)]
  if ('type' in pattern && pattern.type === 'Property' && 'value' in pattern) return namesIn(pattern.value)
  if ('type' in pattern && pattern.type === 'AssignmentPattern' && 'left' in pattern)
    return namesIn(pattern.left)
  return Object.values(pattern).flatMap(namesIn)
}
