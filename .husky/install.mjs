// Runs after `npm install`: tells git to use the hooks in this folder. Quiet where there is nothing to do: no git, no
// repository (a downloaded archive), or no husky (`npm ci --omit=dev`).
const husky = await import('husky').catch(() => null)
husky?.default()
