import { demoForm } from '../../src/adapters/demo/demoForm.ts'
import { ask, type RunningServer } from './running.ts'

const told = (element: string) => ({ element, text: { en: 'In plain words.', zh: '简明说明。' } })

/** A form with one choice that names a laboratory; everything else of it is said in as few words as will do. */
export async function layDownSharing(
  server: RunningServer,
): Promise<{ readonly id: string; readonly sha256: string; readonly title: { en: string; zh: string } }> {
  const title = { en: 'Your genes and a laboratory', zh: '您的基因与实验室' }
  const said = demoForm.sections.map(({ element }) => element as string)
  const item = {
    id: 'river',
    says: { en: 'River Laboratory may get my genes.', zh: '河畔实验室可以获得我的基因。' },
    activities: ['use'],
    purposes: ['research'],
    categories: ['genetic'],
    recipients: ['river-lab'],
    question: {
      asks: { en: 'Who gets them?', zh: '谁会获得？' },
      answers: [
        { en: 'The laboratory.', zh: '实验室。' },
        { en: 'Everybody.', zh: '所有人。' },
      ],
      right: 0,
      explains: { en: 'Only the laboratory.', zh: '只有实验室。' },
    },
  }
  const propose = (sections: readonly string[]) => {
    const content = {
      kind: 'form',
      jurisdictions: ['CN'],
      title,
      sections: sections.map(told),
      items: [item],
    }
    return ask(server, 'POST', 'api/house-rules', { content, because: 'a test', replaces: null }, 'chen.hua')
  }
  const first = await propose(said)
  const lacks = (first.body['lacks'] ?? []) as readonly string[]
  const { body, status } = lacks.length > 0 ? await propose([...said, ...lacks]) : first
  if (status !== 201) throw new Error(`the form was not proposed: ${status} ${JSON.stringify(body)}`)
  const path = `api/house-rules/${body['id']}/confirmation`
  const confirmed = await ask(server, 'POST', path, { because: 'a test' }, 'fang.yu')
  if (confirmed.status !== 200) throw new Error(`the form was not confirmed: ${confirmed.status}`)
  return { id: String(body['id']), sha256: String(body['sha256']), title }
}
