import type { Content } from '#usecases'

type Form = Extract<Content, { readonly kind: 'form' }>
type Item = Form['items'][number]
export const told = (element: Form['sections'][number]['element'], en: string, zh: string) => ({
  element,
  text: { en, zh },
})
type Words = Item['says']
export const words = (en: string, zh: string): Words => ({ en, zh })
export const asks = (
  asked: Words,
  answers: readonly Words[],
  right: number,
  explains: Words,
): Item['question'] => ({
  ...{ asks: asked, answers: [...answers], right, explains },
})

/** What the invented hospital asks of relatives, and of what somebody wants to know of themself; words of our own. The keys of the choices stay. */
export const familyForm: Form = {
  kind: 'form',
  jurisdictions: ['CN'],
  title: words('Your relatives, and what you want to know', '您的亲属，以及您想知道什么'),
  sections: [
    told(
      'handler',
      'Hillside Hospital (invented) is responsible. Its data office is in room 12, telephone 000.',
      '负责方是山麓医院（虚构）。数据管理处在12室，电话000。',
    ),
    told(
      'purpose',
      'Genes run in families. What is found in yours can matter to your relatives. You say who tells them, and what you want to know yourself.',
      '基因会在家族中遗传。在您身上发现的情况可能关系到您的亲属。由您决定谁来告诉他们，以及您自己想知道什么。',
    ),
    told(
      'method',
      'A doctor looks at what was found and asks a second person at the hospital. This program sends nothing to your relatives.',
      '医生查看已发现的情况，并请医院里的另一人复核。本程序不会向您的亲属发送任何内容。',
    ),
    told('scope', 'Only what can matter to your relatives is looked at.', '只查看可能关系到亲属的内容。'),
    told(
      'kinds',
      'We use what your genes say of your relatives, your genes and your health record.',
      '我们使用您的基因所反映的亲属情况、您的基因和病历。',
    ),
    told(
      'retention',
      'We keep them for 30 years after your last visit, because the law asks for it.',
      '依照法律，自您最后一次就诊起保存30年。',
    ),
    told(
      'disposal',
      'After that they are locked away. Nobody works with them.',
      '期满后封存，任何人不再使用。',
    ),
    told(
      'rights',
      'You may see your data, get a copy, have mistakes put right, and have data erased where the law allows.',
      '您可以查看数据、取得副本、更正错误，在法律允许时要求删除。',
    ),
    told(
      'necessity',
      'Genes are sensitive. Without them nobody can say what matters to your relatives.',
      '基因属于敏感信息。不使用它，就无法知道哪些情况关系到您的亲属。',
    ),
    told(
      'impact',
      'A relative who is told can guess that it came from you, even without your name.',
      '即使不提您的姓名，被告知的亲属也可能猜到消息来自您。',
    ),
    told(
      'withdrawal',
      'You may change each answer at any time, on this page. It counts at once.',
      '您可以随时在本页更改每一项回答，立即生效。',
    ),
    told(
      'voluntary',
      'You are free to say no. You are treated all the same.',
      '您可以不同意，照样得到治疗。',
    ),
  ],
  items: [
    {
      id: 'relatives-told-by-me',
      says: words(
        'The hospital may look for what matters to my relatives and tell me, so that I can tell them myself.',
        '医院可以查看哪些情况关系到我的亲属并告诉我，由我自己告诉他们。',
      ),
      activities: ['use'],
      purposes: ['family-interest'],
      categories: ['genetic', 'health', 'relatives'],
      recipients: [],
      question: asks(
        words('Who tells your relatives then?', '这样由谁告诉您的亲属？'),
        [words('I do, if I want to.', '我自己，如果我愿意。'), words('The hospital does.', '医院。')],
        0,
        words(
          'Only you tell them. The hospital tells you and nobody else.',
          '只有您会告诉他们。医院只告诉您。',
        ),
      ),
    },
    {
      id: 'relatives-told-by-doctor',
      says: words(
        'My doctor may tell my relatives, without my name, that something may matter to them and that they can be advised.',
        '医生可以在不提我姓名的情况下，告诉我的亲属有情况可能与他们有关，他们可以去咨询。',
      ),
      activities: ['inform-relative'],
      purposes: ['family-interest'],
      categories: ['genetic', 'health', 'relatives'],
      recipients: [],
      question: asks(
        words('What are your relatives told?', '您的亲属会被告知什么？'),
        [
          words('My name and what was found.', '我的姓名和发现的情况。'),
          words(
            'That something may matter to them, without my name.',
            '有情况可能与他们有关，不提我的姓名。',
          ),
        ],
        1,
        words(
          'They are not told your name, nor what was found, only that they can be advised.',
          '不会告诉他们您的姓名或发现的情况，只告诉他们可以去咨询。',
        ),
      ),
    },
    knowing(
      'to-know-medicines',
      'treatment',
      ['genetic', 'health'],
      words('I want to know what my genes say of my medicines.', '我想知道我的基因与用药的关系。'),
    ),
    knowing(
      'to-know-illnesses',
      'prevention',
      ['genetic', 'health'],
      words('I want to know what my genes say of illnesses.', '我想知道我的基因与疾病的关系。'),
    ),
    knowing(
      'to-know-relatives',
      'family-interest',
      ['genetic', 'health', 'relatives'],
      words('I want to know what my genes say of my relatives.', '我想知道我的基因所反映的亲属情况。'),
    ),
  ],
}

/** A no to it is a wish not to know, which is honoured on the person's own pages too. */
function knowing(
  id: string,
  purpose: Item['purposes'][number],
  categories: Item['categories'],
  said: Words,
): Item {
  const purposes: Item['purposes'] = [purpose]
  const question = asks(
    words('What happens if you say no?', '如果您说“不”，会怎样？'),
    [
      words('It is not shown to me until I say yes.', '在我说“是”之前，不会给我看。'),
      words('My doctor may not treat me.', '医生不能给我治疗。'),
    ],
    0,
    words(
      'You are treated all the same. Your pages do not show it. You alone can change that.',
      '照样治疗，只是您的页面不显示。只有您自己可以更改。',
    ),
  )
  return { id, says: said, activities: ['return-findings'], purposes, categories, recipients: [], question }
}
