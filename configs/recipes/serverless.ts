import { cached } from './cached.ts'

// Not closed at the end: the next call of a warm function finds the connection open.
export async function handler(event: { readonly name: string }): Promise<{ body: string }> {
  const { name } = event
  return { body: await cached(`greeting:${name}`, 60, async () => `Hello, ${name}`) }
}
