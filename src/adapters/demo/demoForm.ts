import type { Content } from '#usecases'

type Form = Extract<Content, { readonly kind: 'form' }>
const says = (element: Form['sections'][number]['element'], en: string, zh: string) => ({
  element,
  text: { en, zh },
})

/** What the invented hospital tells and asks before it reads genes to choose a medicine; words of our own. */
export const demoForm: Form = {
  kind: 'form',
  jurisdictions: ['CN'],
  title: { en: 'Your genes and your medicines', zh: '您的基因与用药' },
  sections: [
    says(
      'handler',
      'Hillside Hospital (invented) is responsible. Its data office is in room 12, telephone 000.',
      '负责方是山麓医院（虚构）。数据管理处在12室，电话000。',
    ),
    says(
      'purpose',
      'We want to choose the medicine that helps you most and harms you least.',
      '我们想为您选择最有效、伤害最小的药物。',
    ),
    says(
      'method',
      'A laboratory reads genes from a sample of your blood. A program compares them with known facts. A doctor decides.',
      '实验室从您的血样中读取基因，由程序与已知事实比较，由医生作决定。',
    ),
    says(
      'scope',
      'Only genes that matter for medicines are looked at. Nothing else is searched for.',
      '只查看与用药有关的基因，不查找其他内容。',
    ),
    says(
      'kinds',
      'We use your genes, your health record and your blood sample.',
      '我们使用您的基因、病历和血样。',
    ),
    says(
      'retention',
      'We keep them for 30 years after your last visit, because the law asks for it.',
      '依照法律，自您最后一次就诊起保存30年。',
    ),
    says(
      'disposal',
      'After that they are locked away. Nobody works with them.',
      '期满后封存，任何人不再使用。',
    ),
    says(
      'rights',
      'You may see your data, get a copy, have mistakes put right, and have data erased where the law allows.',
      '您可以查看数据、取得副本、更正错误，在法律允许时要求删除。',
    ),
    says(
      'necessity',
      'Genes are sensitive. We need them because they decide how your body takes up the medicine.',
      '基因属于敏感信息。我们需要它，因为它决定您的身体如何吸收药物。',
    ),
    says(
      'impact',
      'Genes can also say something about your family. That is why few people may see them, and each look is on record.',
      '基因也可能反映您家人的情况，所以只有少数人可以查看，每次查看都有记录。',
    ),
    says(
      'withdrawal',
      'You may take your yes back at any time, on this page. It counts at once.',
      '您可以随时在本页撤回同意，立即生效。',
    ),
    says(
      'voluntary',
      'You are free to say no. You are treated all the same, with what is known without it.',
      '您可以不同意。不同意也照样得到治疗，依据的是其他已知情况。',
    ),
  ],
  items: [
    {
      id: 'genes-for-medicines',
      says: {
        en: 'The hospital may read my genes and use them, with my health record and my sample, to choose my medicines.',
        zh: '医院可以读取我的基因，连同病历和样本，用于为我选择药物。',
      },
      activities: ['test', 'collect', 'use', 'store', 'treat'],
      purposes: ['treatment'],
      categories: ['genetic', 'health', 'biospecimen'],
      recipients: [],
      question: {
        asks: { en: 'What may the hospital do after your yes?', zh: '您同意后，医院可以做什么？' },
        answers: [
          { en: 'Use my genes to choose my medicines.', zh: '用我的基因为我选择药物。' },
          { en: 'Sell my genes to a company.', zh: '把我的基因卖给公司。' },
          { en: 'Use my genes for anything it likes.', zh: '随意使用我的基因。' },
        ],
        right: 0,
        explains: {
          en: 'Only one thing is allowed: to choose your medicines. Nobody outside the hospital gets your genes. For anything else we would have to ask you again.',
          zh: '只允许做一件事：为您选择药物。医院以外的人得不到您的基因。做其他事必须再次征得您的同意。',
        },
      },
    },
    {
      id: 'surroundings',
      says: {
        en: 'The hospital may also use what it knows of my surroundings, such as smoke or dust, to choose my medicines.',
        zh: '医院还可以使用我的环境信息（如烟雾、粉尘），为我选择药物。',
      },
      activities: ['collect', 'use', 'store'],
      purposes: ['treatment'],
      categories: ['environment'],
      recipients: [],
      question: {
        asks: { en: 'What happens if you say no to this one?', zh: '如果您不同意这一项，会怎样？' },
        answers: [
          { en: 'I am not treated.', zh: '我得不到治疗。' },
          {
            en: 'I am treated, without what is known of my surroundings.',
            zh: '照样治疗，只是不使用环境信息。',
          },
        ],
        right: 1,
        explains: {
          en: 'A no costs you nothing. The doctor then works without what is known of your surroundings.',
          zh: '不同意对您没有任何不利。医生只是不使用您的环境信息。',
        },
      },
    },
  ],
}
