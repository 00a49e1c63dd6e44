import { ApiError } from './api.ts'
import { Box, Sign } from './shell.tsx'
import { useWriter } from './write.ts'

/** Why a rule was not changed, where it was asked for. */
export function ChangeRefused({ error }: { readonly error: unknown }) {
  const { t, list } = useWriter()
  const { status, code, lacks } = error instanceof ApiError ? error : new ApiError(-1)
  const said =
    code === 'rule.own'
      ? t('house.refusedOwn')
      : code === 'rule.form-lacks'
        ? t('house.refusedLacks', { elements: list(lacks.map((one) => t(`element.${one}`))) })
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
