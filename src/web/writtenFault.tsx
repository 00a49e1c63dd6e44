import type { ParseKeys } from 'i18next'
import { ApiError } from './api.ts'
import { Box, Sign } from './shell.tsx'
import { useWriter } from './write.ts'

/** For a code of a problem, the key of what is said of it. */
export type FaultWords = Readonly<Record<string, ParseKeys>>

/** What was wrong with what somebody wrote, or came too late for. */
export function WrittenFault({ error, words }: { readonly error: unknown; readonly words: FaultWords }) {
  const { t } = useWriter()
  const code = error instanceof ApiError ? error.code : undefined
  const known = code === undefined ? undefined : words[code]
  return (
    <div role="alert">
      <Box tone="care">
        <p>
          <Sign>!</Sign>
          {t(known ?? 'failure.other')}
        </p>
      </Box>
    </div>
  )
}
