import type { sealingEn } from './sealing.en.ts'

export const sealingZh: typeof sealingEn = {
  seal: {
    title: '您的签名',
    noNeedsNone: '不同意无需通行密钥，点一下即可。',
    withKey: '您用通行密钥签名，方法与解锁设备相同。签名针对的正是上面的内容，以后任何人都可以核验。',
    sign: '用我的通行密钥签名',
    bySession:
      '您没有通行密钥，因此只记录：以您的身份登录的人作了这一表示。有了通行密钥，以后任何人都可以核验。',
    makeOne: '先创建通行密钥',
    needed:
      '法律要求此处的同意采用书面形式，在屏幕上签署需要通行密钥。您可以现在创建一个，可以返回表示不同意，也可以到医院在纸上签署。',
    neededFor: '涉及：',
    unsupported: '此浏览器不能使用通行密钥。',
    cancelled: '没有使用通行密钥，或时间已过。没有签署任何内容，请再试一次。',
    interpreter: '有人为我翻译或解释',
    interpreterLead: '请写明是谁用您听得懂的话说明的，不能是您自己。这也是您签署的内容。',
    interpreterName: '姓名',
    interpreterLanguage: '你们使用的语言',
    interpreterOf: '所属机构（如有）',
    interpreterKeep: '写明翻译者',
    interpreterNamed: '由{{name}}翻译，语言：{{language}}。',
    interpreterNot: '没有人翻译',
    interpreted: '有人翻译，姓名见签署凭证。',
    strength: {
      passkey: '已用通行密钥签名。',
      session: '由登录者表示，没有使用通行密钥。',
    },
  },
}
