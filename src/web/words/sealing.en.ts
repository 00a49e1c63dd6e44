/** How something is signed: with a passkey, or by being signed in. */
export const sealingEn = {
  seal: {
    title: 'Your signature',
    noNeedsNone: 'A no needs no passkey: one click is enough.',
    withKey:
      'You sign with your passkey, as you unlock your device. It signs exactly what is written above, and anybody can check that later.',
    sign: 'Sign with my passkey',
    bySession:
      'You have no passkey, so it is recorded that somebody who was signed in as you said this. With a passkey anybody could check later that it was yours.',
    makeOne: 'Make a passkey first',
    needed:
      'The law wants your yes in writing here, and on a screen that takes a passkey. Without one you can make one now, go back and say no, or sign on paper at the hospital.',
    neededFor: 'It is about:',
    unsupported: 'This browser cannot use passkeys.',
    cancelled: 'The passkey was not used, or the time for it ran out. Nothing was signed. Please try again.',
    interpreter: 'Somebody interpreted or explained it to me',
    interpreterLead:
      'Name who put it into words that you understand. It is part of what you sign. Not yourself.',
    interpreterName: 'Their name',
    interpreterLanguage: 'The language that you spoke',
    interpreterOf: 'For whom they work (if for anybody)',
    interpreterKeep: 'Name them',
    interpreterNamed: '{{name}} interpreted, in this language: {{language}}.',
    interpreterNot: 'Nobody interpreted',
    interpreted: 'Somebody interpreted; the receipt of the signature names them.',
    strength: {
      passkey: 'Signed with a passkey.',
      session: 'Said by whoever was signed in, without a passkey.',
    },
  },
}
