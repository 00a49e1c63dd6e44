/** Who stands by a signature: a witness, or an interpreter with an account. */
export const attendEn = {
  attend: {
    // For whoever signs.
    hindered: 'I need help to read or write',
    hinderedAsk: 'What keeps you from it?',
    hindrance: {
      'cannot-read': 'I cannot read',
      'cannot-see': 'I cannot see it',
      'cannot-write': 'I cannot write or sign',
      other: 'Something else',
    },
    hinderedWords: 'In a few words',
    hinderedKeep: 'Keep this reason',
    hinderedNot: 'I can do it by myself',
    hinderedBecause: 'You said: {{because}} – {{words}}',
    witness: 'Your witness',
    witnessLead:
      'Somebody must be there while this is read and explained to you, and confirm that you chose freely. It must be somebody with a passkey here who has no part in it: not you, nobody who decides for you, and nobody who works at the hospital or for whoever gets your data.',
    witnessName: 'The name with which your witness signs in',
    witnessKeep: 'Name them as my witness',
    witnessNamed:
      '{{name}} is to be your witness. They find this on their own page, and you see when they looked.',
    witnessNot: 'Somebody else',
    interpreterAccount:
      'The name with which they sign in (if they have an account here: then they confirm it themself)',
    interpreterAccountNeeded: 'The name with which they sign in (this form wants them to confirm it)',
    confirmed: {
      witness: 'The witness confirmed it on {{at}}',
      interpreter: 'The interpreter confirmed it on {{at}}',
    },
    formAsks: 'Signing “{{title}}” takes a witness who has no part in it.',
    formWaits: '“{{title}}” is signed, and waits for: {{who}}. It runs out after {{until}}.',
    // For whoever stands by.
    waits: 'Waiting for you to confirm: {{count}}',
    title: 'What you are to confirm',
    lead: 'Somebody named you. You see the words of the form and what was chosen, and nothing else of the person. They see that you looked.',
    none: 'Nothing waits for you.',
    working: 'Looking…',
    as: { witness: 'You were the witness', interpreter: 'You interpreted' },
    signedOn: 'Signed on {{at}}',
    look: 'Look at it',
    oneTitle: { witness: 'Were you there?', interpreter: 'Did you interpret this?' },
    until: 'You can confirm it until {{until}}. Without you it allows nothing.',
    chosen: 'What was chosen',
    told: 'What was told',
    says: 'What you confirm',
    confirm: 'Confirm with my passkey',
    notSo: 'If it was not so, do nothing: it runs out by itself, and nothing is allowed.',
    needsKey: 'You confirm with a passkey. You have none now: please make one first.',
    done: 'You have confirmed it. It is on record under number {{index}}.',
    toList: 'Back to the list',
    because: {
      gone: 'It waits no more: it was confirmed, has ended, or was changed meanwhile.',
      unknown: 'There is nothing of this number for you to confirm.',
      'by-person': 'Only a person who has signed in themselves can confirm this.',
      'not-impartial':
        'You cannot confirm this any more: you look after the person, or work where the form is from.',
      denied: 'This may not be confirmed now. The refusal is on record.',
    },
  },
}
