import type { LawPrograms } from '#cli'
import { ok, type Result, utf8 } from '#kernel'
import type { NormBase } from '#usecases'
import { inProgram } from './main.parts.ts'

const ownFolder = inProgram('knowledge', 'law')
const languages = ['en', 'zh'] as const

async function withBase<T>(folder: string | undefined, work: (base: NormBase) => T | Promise<T>) {
  const { readNormBase } = await import('./adapters/norms/readNorms.ts')
  const base = await readNormBase(folder ?? ownFolder)
  return base.ok ? ok(await work(base.value)) : base
}

const flat = <T, E>(nested: Result<Result<T, E>, E>): Result<T, E> => (nested.ok ? nested.value : nested)

async function reviewsIn(base: NormBase, folder: string | undefined) {
  const [{ readReviews }, { reviewsOf }] = await Promise.all([
    import('./adapters/norms/readReviews.ts'),
    import('#law'),
  ])
  const records = await readReviews(folder ?? ownFolder)
  return records.ok ? ok(reviewsOf(base, records.value)) : records
}

export const lawPrograms: LawPrograms = {
  lint: async (folder) => {
    const { lintLaw } = await import('#usecases')
    return withBase(folder, lintLaw)
  },
  explain: async (file, folder) => {
    const [{ explainSituations }, { readJsonFile }] = await Promise.all([
      import('#usecases'),
      import('./adapters/files/readJson.ts'),
    ])
    const document = await readJsonFile(file)
    if (!document.ok) return document
    return flat(await withBase(folder, (base) => explainSituations(base, document.value, file)))
  },
  compare: async (before, after) => {
    const { compareBases } = await import('#law')
    return flat(await withBase(before, (a) => withBase(after, (b) => compareBases(a, b))))
  },
  drawMatrix: async (days, folder) => {
    const [{ matrixOf }, { matrixCsv, matrixHtml }] = await Promise.all([
      import('#law'),
      import('./adapters/report/lawMatrix.ts'),
    ])
    return withBase(folder, (base) => {
      const rows = matrixOf(base, days)
      return new Map(
        languages.flatMap((language) => [
          [`matrix.${language}.csv`, matrixCsv(rows, days, language)] as const,
          [`matrix.${language}.html`, matrixHtml(rows, days, language)] as const,
        ]),
      )
    })
  },
  review: async (folder) => flat(await withBase(folder, (base) => reviewsIn(base, folder))),
  drawReviews: async (folder) => {
    const { reviewsHtml } = await import('./adapters/report/lawReviews.ts')
    const reviews = flat(await withBase(folder, (base) => reviewsIn(base, folder)))
    if (!reviews.ok) return reviews
    return ok(
      new Map(
        languages.map((language) => [`reviews.${language}.html`, reviewsHtml(reviews.value, language)]),
      ),
    )
  },
  write: async (folder, documents) => {
    const { writeFilesAtomically } = await import('./adapters/files/writeFiles.ts')
    const files = new Map([...documents].map(([name, text]) => [name, utf8(text)]))
    return writeFilesAtomically(folder, files, { remove: [] })
  },
}
