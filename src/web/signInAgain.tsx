import { ApiError } from './api.ts'
import { useSignInAddress } from './session.ts'
import { Box, Sign } from './shell.tsx'
import { useWriter } from './write.ts'

/** It was too long since they signed in for what they asked. */
export const isAgain = (error: unknown): boolean =>
  error instanceof ApiError && error.code === 'sign-in.again'

/** The way to go on, and back to where they were. */
export function AgainFirst() {
  const { t } = useWriter()
  const address = useSignInAddress()
  return (
    <div role="alert">
      <Box tone="care">
        <p>
          <Sign>!</Sign>
          {t('signIn.again')}
        </p>
        <p className="inline">
          <a className="button" href={address}>
            {t('signIn.againStart')}
          </a>
        </p>
      </Box>
    </div>
  )
}
