/** Whatever somebody can ask of the server; the `operationId` of its address. `fixed` at compile time, documented in the table. */
export const operations = [
  'isAlive',
  'isReady',
  'readMetrics',
  'readCheckpoint',
  'readLogKey',
  'readDescription',
  'readSession',
  'startSignIn',
  'finishSignIn',
  'readSignIn',
  'signInByCode',
  'askSignInPasskey',
  'signInByPasskey',
  'endSession',
  'endOtherSessions',
  'chooseLanguage',
  'listPasskeys',
  'askNewPasskey',
  'addPasskey',
  'removePasskey',
  'listCases',
  'readCase',
  'makePlan',
  'withdrawConsent',
  'showAccount',
  'showAct',
  'readCapability',
  'readSmartConfiguration',
  'readPatient',
  'searchRecord',
  'answerConsent',
] as const
export type Operation = (typeof operations)[number]

export const isOperation = (name: string): name is Operation =>
  (operations as readonly string[]).includes(name)
