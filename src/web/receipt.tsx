import { Button } from '@mantine/core'
import { zipSync } from 'fflate'
import { useMemo } from 'react'
import { verifyEvidence } from '#evidence'
import { canonicalBytes, equalBytes, fromBase64, type Json } from '#kernel'
import type { Receipt } from './api.ts'
import { save } from './save.ts'
import { Box, Sign } from './shell.tsx'
import { useWriter } from './write.ts'

type Files = ReadonlyMap<string, Uint8Array>

type Props = {
  readonly receipt: Receipt
  readonly title?: string
  /** What the page shows, by the name of the document that must say the same. */
  readonly shown?: Readonly<Record<string, Json>>
}
const nothingShown = {}

/** The receipt, checked here and now by the code that a court's expert can run: the server is not asked. */
export function ReceiptView({ receipt, title, shown = nothingShown }: Props) {
  const { t, list } = useWriter()
  const checked = useMemo(() => check(receipt, shown), [receipt, shown])
  return (
    <section>
      <h2>{title ?? t('receipt.title')}</h2>
      {checked.failures.length === 0 ? (
        <Box tone="good">
          <p role="status">
            <Sign>✓</Sign>
            <strong>{t('receipt.good', { index: receipt.index })}</strong>
          </p>
          <p>{t(Object.keys(shown).length > 0 ? 'receipt.goodLead' : 'receipt.goodEntry')}</p>
        </Box>
      ) : (
        <Box tone="harm">
          <p role="alert">
            <Sign>✕</Sign>
            <strong>{t('receipt.bad')}</strong>
          </p>
          <ul>
            {checked.failures.map(({ file, code }) => (
              <li key={`${file} ${code}`}>
                {file}: <code>{code}</code>
              </li>
            ))}
          </ul>
        </Box>
      )}
      <details>
        <summary>{t('receipt.checked')}</summary>
        <p>{t('receipt.key')}</p>
        <p>
          <code>{textOf(checked.files.get('log.vkey'))}</code>
        </p>
        <p>
          {checked.outputs.size > 0
            ? t('receipt.outputs', { names: list([...checked.outputs.keys()]) })
            : t('receipt.noOutputs')}
        </p>
        <p>{t('receipt.offline')}</p>
      </details>
      <Button className="noprint" variant="outline" onClick={() => download(receipt.index, checked)}>
        {t('receipt.download')}
      </Button>
    </section>
  )
}

type Problem = { readonly file: string; readonly code: string }
type Checked = { readonly files: Files; readonly outputs: Files; readonly failures: readonly Problem[] }

function check(receipt: Receipt, shown: NonNullable<Props['shown']>): Checked {
  const files = decode(receipt.files)
  const outputs = decode(receipt.outputs)
  const { failures } = verifyEvidence(outputs.size > 0 ? { files, outputs } : { files })
  // A receipt for another plan than the one on the page would prove nothing to its reader.
  const others = Object.entries(shown).filter(([name, value]) => !says(outputs.get(name), value))
  return {
    files,
    outputs,
    failures: [...failures, ...others.map(([file]) => ({ file, code: 'shown.other' }))],
  }
}

function says(bytes: Uint8Array | undefined, value: Json): boolean {
  try {
    const [made, here] = [canonicalBytes(JSON.parse(textOf(bytes))), canonicalBytes(value)]
    return made.ok && here.ok && equalBytes(made.value, here.value)
  } catch {
    return false
  }
}

/** What is no base64 becomes no bytes, and fails the check. */
const decode = (files: Receipt['files']): Files =>
  new Map(Object.entries(files).map(([name, text]) => [name, fromBase64(text) ?? new Uint8Array(0)] as const))

const textOf = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes).trim()

/** The folder that `habeas plan` writes, so that `habeas verify` takes it as it is. */
function download(index: number, { files, outputs }: Checked): void {
  const folder = `habeas-receipt-${index}`
  const entries = [
    ...[...files].map(([name, bytes]) => [`${folder}/evidence/${name}`, bytes] as const),
    ...[...outputs].map(([name, bytes]) => [`${folder}/${name}`, bytes] as const),
  ]
  const zip = zipSync(Object.fromEntries(entries))
  save(`${folder}.zip`, zip, 'application/zip')
}
