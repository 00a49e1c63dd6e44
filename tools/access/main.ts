import { writeFileSync } from 'node:fs'
import { accessPage } from './page.ts'

writeFileSync('docs/access.md', accessPage())
