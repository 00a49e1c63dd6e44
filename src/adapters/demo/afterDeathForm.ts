import type { Content } from '#usecases'
import { asks, familyForm, told, words } from './familyForm.ts'

type Form = Extract<Content, { readonly kind: 'form' }>

/** What both forms tell in the same words. */
const same: readonly Form['sections'][number]['element'][] = [
  ...['handler', 'scope', 'kinds', 'retention', 'disposal', 'rights', 'necessity', 'withdrawal', 'voluntary'],
] as const

/** What the invented hospital asks about the time after somebody's death; words of our own. The keys of the choices stay. */
export const afterDeathForm: Form = {
  kind: 'form',
  jurisdictions: ['CN'],
  title: words('What holds after your death', '在您去世之后怎样处理'),
  sections: [
    ...familyForm.sections.filter(({ element }) => same.includes(element)),
    told(
      'purpose',
      'After your death your relatives may want to know what you died of, protect your memory or assert rights of their own. You say who may look.',
      '您去世之后，亲属可能想了解死因、维护您的名誉或主张自己的权利。由您决定谁可以查看。',
    ),
    told(
      'method',
      'A relative shows papers and gives a reason. They see illnesses, and medicines where rights depend on it. They never see genes.',
      '亲属出示证明并说明理由。他们可以看到疾病，涉及权利时也可以看到用药，绝不会看到基因。',
    ),
    told(
      'impact',
      'Relatives can learn of illnesses that you told nobody.',
      '亲属可能得知您没有告诉任何人的疾病。',
    ),
  ],
  items: [
    {
      id: 'matters-to-relatives',
      says: words(
        'The hospital may look in my data for what matters to my relatives.',
        '医院可以在我的数据中查看哪些情况关系到我的亲属。',
      ),
      activities: ['use'],
      purposes: ['family-interest'],
      categories: ['genetic', 'health', 'relatives'],
      recipients: [],
      question: asks(
        words('Who looks?', '谁来查看？'),
        [words('My relatives.', '我的亲属。'), words('The hospital.', '医院。')],
        1,
        words('Only the hospital looks. Your relatives do not.', '只有医院查看，亲属不查看。'),
      ),
    },
    {
      id: 'relatives-look',
      says: words(
        'After my death my near relatives may look at my record, for a reason of their own.',
        '我去世之后，我的近亲属可以基于自身理由查看我的病历。',
      ),
      activities: ['access-deceased'],
      purposes: ['family-interest', 'litigation'],
      categories: ['health'],
      recipients: [],
      question: asks(
        words('When may they look?', '他们何时可以查看？'),
        [words('Now already.', '现在就可以。'), words('After my death only.', '只在我去世之后。')],
        1,
        words('As long as you live they see nothing.', '您在世期间他们什么也看不到。'),
      ),
    },
  ],
  afterDeath: {
    says: words(
      'What I allow the hospital here goes on after my death.',
      '我在此同意医院的内容，在我去世之后继续有效。',
    ),
    question: asks(
      words('Who can change it after your death?', '您去世之后谁可以更改？'),
      [words('My relatives.', '我的亲属。'), words('Nobody.', '没有人。')],
      1,
      words(
        'Only you can change it, while you live. Afterwards it stays as you said.',
        '只有您在世时可以更改，此后保持您说的那样。',
      ),
    ),
  },
}
