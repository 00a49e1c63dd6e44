export * from './meanings.made.ts'
export * from './ruling.made.ts'
export * from './situation.made.ts'
