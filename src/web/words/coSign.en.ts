/** Who must sign something too, and why somebody could not be asked. */
export const coSignEn = {
  coSign: {
    who: {
      self: 'the person whom it is about',
      guardian: 'somebody who decides for the person',
      'second-guardian': 'the other one who has parental authority',
      witness: 'the witness',
      interpreter: 'the interpreter',
    },
    needs:
      'What you allow here counts only once this is signed too by: {{who}}. A no counts at once. It waits for 30 days.',
    waits: 'Waits for the signature of: {{who}}.',
    until: 'Nothing is allowed until then. It runs out after {{until}}.',
    same: 'It counts if you say the same. If you say otherwise, your no counts at once, and your yes waits for the others.',
    signed: {
      self: 'The person signed on {{at}}',
      parent: 'A parent signed on {{at}}',
      guardian: 'A guardian signed on {{at}}',
      other: 'Somebody signed on papers on {{at}}',
    },
    unableTitle: 'Why could {{name}} not be asked?',
    unableLead: 'It is kept with what you sign, and the person can read it later.',
    unableAsk: 'The reason',
    unable: {
      'too-young': 'Too young to speak',
      unconscious: 'Unconscious',
      illness: 'Too ill',
      'cannot-make-understood': 'Cannot make themselves understood, in any way that was tried',
      other: 'Something else',
    },
    unableWords: 'In your own words',
    unableLeave: 'They can be asked after all',
    dead: 'The person has died. Their account, and the papers of whoever acted for them, count no more.',
    deadWho: 'The records office of the hospital. Near relatives ask there, and show that they are.',
    deadTime: 'Not here: the program cannot yet take what relatives may ask for.',
    unableBecause: 'Why not: {{because}} – {{words}}',
  },
}
