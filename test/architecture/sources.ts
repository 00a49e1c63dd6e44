import { readdirSync, readFileSync } from 'node:fs'

export type Source = { readonly path: string; readonly folder: string; readonly text: string }

/** Every TypeScript file of `src/`; `folder` is its room (`main.ts` and `main.*.ts` have none and are called `main.ts`). */
export const sources: readonly Source[] = readdirSync('src', { recursive: true })
  .map((path) => `src/${path}`.replaceAll('\\', '/'))
  .filter((path) => /\.tsx?$/.test(path))
  .sort()
  .map((path) => ({
    path,
    folder: /^src\/main(\.\w+)?\.ts$/.test(path) ? 'main.ts' : path.split('/')[1]!,
    text: readFileSync(path, 'utf8'),
  }))

export const production = sources.filter(({ path }) => !path.endsWith('.test.ts'))

/** Text without comments and string contents, so that words in them are not mistaken for code. */
export const codeOf = (text: string): string =>
  text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|[^:])\/\/.*$/gm, '$1')
    .replace(/'(?:[^'\\\n]|\\.)*'/g, "''")

/** Specifiers of every static and dynamic import and re-export. */
export const importsOf = (text: string): string[] =>
  [...text.matchAll(/(?:from\s+|import\s*\(\s*|import\s+)'([^']+)'/g)].map((match) => match[1]!)
