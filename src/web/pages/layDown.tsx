import { Button, Checkbox, NativeSelect, Stack, Textarea, TextInput } from '@mantine/core'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { Because } from '../because.tsx'
import { Failure, NotFound } from '../failure.tsx'
import {
  type Content,
  type ContentKind,
  contentKinds,
  type HouseRule,
  useChange,
  useHouseRules,
} from '../house.ts'
import { type Choice, contentOf, type Draft, draftOf, type Field, fieldsOf, missingIn } from '../houseForm.ts'
import { ChangeRefused } from '../houseRefusal.tsx'
import { Box, Heading, Sign, Working } from '../shell.tsx'
import { useWriter } from '../write.ts'

/** One rule on one page: new, or in the place of one that stands. */
export function LayDownPage() {
  const { kind } = useParams({ from: '/house/new/$kind' })
  const { t } = useWriter()
  const { replaces } = useSearch({ from: '/house/new/$kind' })
  const { data, error, refetch } = useHouseRules()
  const known = contentKinds.find((one) => one === kind)
  if (known === undefined) return <NotFound />
  if (error) return <Failure error={error} name="" again={() => void refetch()} />
  if (!data) return <Working>{t('working.session')}</Working>
  const former = data.rules.find(({ id, content }) => id === replaces && content.kind === known)
  // Somebody who means to change a rule must not add one beside it.
  if (replaces !== undefined && former?.state !== 'standing') return <Gone />
  return (
    <>
      <p className="noprint">
        <Link to="/house">← {t('house.title')}</Link>
      </p>
      <Heading>{t(`houseKind.${known}`)}</Heading>
      <RuleForm key={former?.id ?? known} kind={known} former={former} />
    </>
  )
}

function Gone() {
  const { t } = useWriter()
  return (
    <>
      <p className="noprint">
        <Link to="/house">← {t('house.title')}</Link>
      </p>
      <Heading>{t('house.goneTitle')}</Heading>
      <p>{t('house.refusedSettled')}</p>
    </>
  )
}

type FormProps = { readonly kind: ContentKind; readonly former: HouseRule | undefined }

function RuleForm({ kind, former }: FormProps) {
  const { t } = useWriter()
  const [draft, setDraft] = useState<Draft>(() => draftOf(kind, former?.content))
  const [because, setBecause] = useState('')
  const [missing, setMissing] = useState<string>()
  const { mutate, isPending, error, data } = useChange()
  if (data) return <Done rule={data} />
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const lacking = missingIn(kind, draft)
    setMissing(lacking && t(`houseField.${lacking}`))
    if (lacking !== undefined || because.trim() === '') return
    const content: Content = contentOf(kind, draft)
    mutate({ to: 'propose', content, replaces: former?.id ?? null, because: because.trim() })
  }
  return (
    <form className="fields" onSubmit={submit}>
      {fieldsOf(kind).map((field) => (
        <FieldInput
          key={field.name}
          field={field}
          value={draft[field.name] ?? ''}
          set={(value) => setDraft((now) => ({ ...now, [field.name]: value }))}
        />
      ))}
      <Because value={because} set={setBecause} />
      {missing && (
        <div role="alert">
          <Box tone="care">{t('house.nothingChosen', { label: missing })}</Box>
        </div>
      )}
      <div className="choices">
        <Button type="submit" loading={isPending}>
          {t('house.send')}
        </Button>
        <Link className="button" to="/house">
          {t('house.keep')}
        </Link>
      </div>
      {error && <ChangeRefused error={error} />}
    </form>
  )
}

function Done({ rule }: { readonly rule: HouseRule }) {
  const { t } = useWriter()
  return (
    <div role="status">
      <Box tone="good">
        <p>
          <Sign>✓</Sign>
          {t(rule.state === 'standing' ? 'house.sentAtOnce' : 'house.sent')}
        </p>
        <Link className="button" to="/house">
          {t('house.title')}
        </Link>
      </Box>
    </div>
  )
}

type InputProps = {
  readonly field: Field
  readonly value: string | readonly string[]
  readonly set: (value: string | readonly string[]) => void
}

function FieldInput({ field, value, set }: InputProps) {
  const { t } = useWriter()
  const label = t(`houseField.${field.name}`)
  const text = typeof value === 'string' ? value : ''
  if (field.as === 'several') return <Several field={field} value={value} set={set} label={label} />
  if (field.as === 'one')
    return (
      <NativeSelect
        label={label}
        value={text}
        onChange={(event) => set(event.currentTarget.value)}
        data={field.codes.map((code) => ({
          value: code,
          label: String(t(`${field.words}.${code}` as 'skip')),
        }))}
      />
    )
  if (field.as === 'long')
    return (
      <Textarea
        label={label}
        required
        rows={4}
        maxLength={2000}
        value={text}
        onChange={(event) => set(event.currentTarget.value)}
      />
    )
  const shape = { text: {}, day: { type: 'date' }, number: { type: 'number', min: 1, max: 1200 } }[field.as]
  return (
    <TextInput
      label={label}
      required
      {...shape}
      {...(field.pattern ? { pattern: field.pattern } : {})}
      value={text}
      onChange={(event) => set(event.currentTarget.value)}
    />
  )
}

type SeveralProps = Omit<InputProps, 'field'> & {
  readonly field: Choice<'several'>
  readonly label: string
}

function Several({ field, value, set, label }: SeveralProps) {
  const { t } = useWriter()
  return (
    <Checkbox.Group label={label} value={typeof value === 'string' ? [] : [...value]} onChange={set}>
      <Stack gap="xs" mt="xs">
        {field.codes.map((code) => (
          <Checkbox key={code} value={code} label={String(t(`${field.words}.${code}` as 'skip'))} />
        ))}
      </Stack>
    </Checkbox.Group>
  )
}
