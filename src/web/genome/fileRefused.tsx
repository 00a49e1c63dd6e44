import type { ReactNode } from 'react'
import type { Fault } from '#kernel'
import { Box, Heading, Sign } from '../shell.tsx'
import { useWriter } from '../write.ts'

type Props = { readonly fault: Fault; readonly children: ReactNode }

/** What is wrong with a file, where, and that nothing of it was taken. */
export function FileRefused({ fault: { code, where, found, expected }, children }: Props) {
  const { t, known } = useWriter()
  const line = /:(\d+)$/.exec(where)?.[1]
  const what = code.replace(/^vcf\./, '')
  const said = known('genome.refused', what)
  return (
    <>
      <Heading>{t('genome.refusedTitle')}</Heading>
      <Box tone="care">
        <p role="alert">
          <Sign>!</Sign>
          {said === what ? t('genome.refused.other') : said}{' '}
          {line !== undefined && t('genome.line', { line })}
        </p>
        <p>{t('genome.nothing')}</p>
        <details>
          <summary>{t('genome.inEnglish')}</summary>
          <p lang="en">
            Found {found}, expected {expected}.
          </p>
        </details>
      </Box>
      {children}
    </>
  )
}
