import type { coSignEn } from './coSign.en.ts'

export const coSignZh: typeof coSignEn = {
  coSign: {
    who: {
      self: '本人',
      guardian: '为本人作决定的人',
      'second-guardian': '另一位享有亲权的人',
      witness: '见证人',
      interpreter: '翻译者',
    },
    needs: '您在此同意的事，须由以下的人也签署后才生效：{{who}}。不同意则立即生效。等待期限为30天。',
    waits: '等待以下的人签署：{{who}}。',
    until: '在此之前不允许任何使用。{{until}}之后失效。',
    same: '您作出相同的表示，即告生效。如果不同，您的不同意立即生效，您的同意则等待其他人签署。',
    signed: {
      self: '本人签署于{{at}}',
      parent: '父母一方签署于{{at}}',
      guardian: '监护人签署于{{at}}',
      other: '凭证明文件签署于{{at}}',
    },
    unableTitle: '为什么无法询问{{name}}？',
    unableLead: '原因与您签署的内容一同保存，本人以后可以阅读。',
    unableAsk: '原因',
    unable: {
      'too-young': '年龄太小，还不会说话',
      unconscious: '没有意识',
      illness: '病情太重',
      'cannot-make-understood': '试过各种方式，仍无法表达意见',
      other: '其他原因',
    },
    unableWords: '请用您自己的话说明',
    unableLeave: '还是可以询问本人',
    dead: '本人已经去世。本人的账户和代表人的证明文件不再有效。',
    deadWho: '医院病案部门。近亲属向其提出，并证明亲属关系。',
    deadTime: '不在这里办理：程序尚不能受理近亲属的请求。',
    unableBecause: '原因：{{because}}——{{words}}',
  },
}
