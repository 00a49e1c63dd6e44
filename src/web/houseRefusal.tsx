import { ApiError } from './api.ts'
import { Box, Sign } from './shell.tsx'
import { useWriter } from './write.ts'

/** Why a rule was not changed, where it was asked for. */
export function ChangeRefused({ error }: { readonly error: unknown }) {
  const { t } = useWriter()
  const { status, code } = error instanceof ApiError ? error : { status: -1, code: undefined }
  const said =
    code === 'rule.own'
      ? t('house.refusedOwn')
      : status === 409 || status === 404
        ? t('house.refusedSettled')
        : status === 422
          ? t('house.refusedWrong')
          : status === 400
            ? t('house.refusedShape')
            : t('failure.other')
  return (
    <div role="alert">
      <Box tone="care">
        <p>
          <Sign>!</Sign>
          {said}
        </p>
      </Box>
    </div>
  )
}
