import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { Json } from '#kernel'
import type { Agreement } from './agreements.ts'
import { ApiError, ask, type Receipt } from './api.ts'
import { Failure } from './failure.tsx'
import { ReceiptView } from './receipt.tsx'
import { save } from './save.ts'
import { Box, Sign } from './shell.tsx'
import { useWriter } from './write.ts'

type Made = { readonly consentReceipt: Json; readonly receipt: Receipt }
type Props = { readonly caseId: string; readonly agreement: Agreement; readonly title: string }

/** What the person takes along of an agreement, for themself and for other systems; to make it is a look, with a receipt of its own. */
export function ConsentReceipt({ caseId, agreement: { id }, title }: Props) {
  const { t } = useWriter()
  const { mutate, isPending, data, error } = useMutation({
    mutationFn: () =>
      ask<Made>(`cases/${encodeURIComponent(caseId)}/agreements/${encodeURIComponent(id)}/receipt`),
    onSuccess: ({ consentReceipt }) => {
      const text = `${JSON.stringify(consentReceipt, null, 2)}\n`
      save('consent-receipt.json', new TextEncoder().encode(text), 'application/json')
    },
  })
  const label = t('agree.receipt')
  return (
    <div className="noprint">
      <p>
        <Button
          variant="outline"
          loading={isPending}
          aria-label={`${label}: ${title}`}
          onClick={() => mutate()}
        >
          {label}
        </Button>
      </p>
      {data && (
        <>
          <p role="status">{t('agree.receiptDone')}</p>
          <ReceiptView
            receipt={data.receipt}
            title={t('agree.receiptLook')}
            shown={{ 'consent-receipt.json': data.consentReceipt }}
          />
        </>
      )}
      {error && <NotMade error={error} />}
    </div>
  )
}

function NotMade({ error }: { readonly error: Error }) {
  const { t } = useWriter()
  if (!(error instanceof ApiError) || error.code !== 'consent.no-contact')
    return <Failure error={error} name="" />
  return (
    <div role="alert">
      <Box tone="care">
        <p>
          <Sign>!</Sign>
          {t('agree.receiptNoContact')}
        </p>
      </Box>
    </div>
  )
}
