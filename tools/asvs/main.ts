import { writeFileSync } from 'node:fs'
import { asvsPage, readRequirements } from './page.ts'

writeFileSync('docs/asvs.md', asvsPage(readRequirements()))
