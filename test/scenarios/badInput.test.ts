import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { copyCase, freshFolder, habeas, readJson } from './habeas.ts'

const data = freshFolder('data')

type Damage = (folder: string) => void
const editJson =
  (file: string, edit: (document: ReturnType<typeof readJson>) => void): Damage =>
  (folder) => {
    const document = readJson(join(folder, file))
    edit(document)
    writeFileSync(join(folder, file), JSON.stringify(document))
  }
const editGenome =
  (edit: (text: string) => string): Damage =>
  (folder) =>
    writeFileSync(join(folder, 'genome.vcf'), edit(readFileSync(join(folder, 'genome.vcf'), 'utf8')))

/** Nobody ever writes into it: whoever reads it waits. */
const pipeFor =
  (file: string): Damage =>
  (folder) => {
    rmSync(join(folder, file))
    execFileSync('mkfifo', [join(folder, file)])
  }

const zipped: Damage = (folder) => {
  const bytes = gzipSync(readFileSync(join(folder, 'genome.vcf')))
  rmSync(join(folder, 'genome.vcf'))
  writeFileSync(join(folder, 'genome.vcf.gz'), bytes)
}

const observation = (document: ReturnType<typeof readJson>, code: string) =>
  document.entry.find(
    ({ resource }: { resource: { code?: { coding: { code: string }[] } } }) =>
      resource.code?.coding[0]?.code === code,
  ).resource

/** What is damaged, what the message must name, and (always) exit 2, one line, nothing written. */
const table: [given: string, damage: Damage, names: RegExp][] = [
  [
    'a person whose data is said to be anonymous',
    editJson('case.json', (c) => {
      c.situation.data.identifiability = 'anonymised'
      c.situation.consents = []
    }),
    /\$\.situation\.data\.identifiability.*anonymised/,
  ],
  [
    'a record of a child where the law was asked about an adult',
    editJson('clinical.json', (c) => {
      const patient = c.entry.find(
        ({ resource }: { resource: { resourceType: string } }) => resource.resourceType === 'Patient',
      )
      patient.resource.birthDate = '2019-01-01'
    }),
    /clinical\.json Patient\.birthDate.*another age/,
  ],
  [
    'a record of a child where the case tells no age',
    (folder) => {
      editJson('case.json', (c) => {
        delete c.situation.subject.age
      })(folder)
      const text = readFileSync(join(folder, 'clinical.json'), 'utf8')
      writeFileSync(
        join(folder, 'clinical.json'),
        text.replace(/"birthDate": *"[^"]*"/, '"birthDate":"2019-01-01"'),
      )
    },
    /clinical\.json Patient\.birthDate.*minor/,
  ],
  ['no case.json', (folder) => rmSync(join(folder, 'case.json')), /case\.json/],
  [
    'case.json that is not JSON',
    (folder) => writeFileSync(join(folder, 'case.json'), '{\n"situation": ,}'),
    /case\.json:2/,
  ],
  [
    'a member twice',
    (folder) => writeFileSync(join(folder, 'case.json'), '{"actor":{},\n"actor":{}}'),
    /case\.json:2.*twice/,
  ],
  [
    'an unknown activity',
    editJson('case.json', (c) => {
      c.situation.activity = 'peek'
    }),
    /\$\.situation\.activity/,
  ],
  [
    'a day that does not exist',
    editJson('case.json', (c) => {
      c.situation.at = '2026-02-30'
    }),
    /\$\.situation\.at/,
  ],
  [
    'an unknown member of the situation',
    editJson('case.json', (c) => {
      c.situation.mood = 'good'
    }),
    /\$\.situation/,
  ],
  [
    'an activity that makes no plan',
    editJson('case.json', (c) => {
      c.situation.activity = 'publish'
    }),
    /\$\.situation\.activity.*publish/,
  ],
  [
    'a sample that is not there',
    editJson('case.json', (c) => {
      c.sample = 'nobody'
    }),
    /sample/,
  ],
  [
    'a genome that is not there',
    editJson('case.json', (c) => {
      c.genome = 'elsewhere.vcf'
    }),
    /\$\.genome/,
  ],
  [
    'a subject id with a path in it',
    editJson('case.json', (c) => {
      c.subject.id = '../../etc'
    }),
    /\$\.subject\.id/,
  ],
  [
    'FHIR that is not a bundle',
    editJson('clinical.json', (b) => {
      b.resourceType = 'Patient'
      delete b.entry
    }),
    /clinical\.json.*[Bb]undle/,
  ],
  [
    'an eGFR in the wrong unit',
    editJson('clinical.json', (b) => {
      Object.assign(observation(b, '98979-8').valueQuantity, { unit: 'umol/L', code: 'umol/L' })
    }),
    /clinical\.json \$.*valueQuantity/,
  ],
  [
    'an eGFR that nobody can have',
    editJson('clinical.json', (b) => {
      observation(b, '98979-8').valueQuantity.value = 900
    }),
    /clinical\.json \$.*valueQuantity/,
  ],
  [
    'two patients in one bundle',
    editJson('clinical.json', (b) => {
      b.entry.push({
        resource: { resourceType: 'Patient', id: 'p2', gender: 'male', birthDate: '1970-01-01' },
      })
    }),
    /clinical\.json \$\.entry/,
  ],
  [
    'an environment that is not a list',
    (folder) => writeFileSync(join(folder, 'environment.json'), '{}'),
    /environment\.json/,
  ],
  [
    'a VCF without header',
    editGenome((text) =>
      text
        .split('\n')
        .filter((line) => !line.startsWith('#'))
        .join('\n'),
    ),
    /genome\.vcf:1/,
  ],
  ['an empty VCF', editGenome(() => ''), /genome\.vcf/],
  [
    'the wrong reference build',
    editGenome((text) =>
      text
        .replace(/##contig=.*/g, '')
        .replace(
          '##fileformat=VCFv4.2',
          '##fileformat=VCFv4.2\n##contig=<ID=chr1,length=249250621,assembly=GRCh37>',
        ),
    ),
    /GRCh37|GRCh38/,
  ],
  [
    'the same sample twice',
    editGenome((text) =>
      text.replace(/(#CHROM.*\t)(\S+)\n/, '$1$2\t$2\n').replace(/^(chr.*\t)(\S+)$/gm, '$1$2\t$2'),
    ),
    /sample/,
  ],
  [
    'a REF that contradicts the definitions',
    editGenome((text) => text.replace(/^(chr10\t94781859\t\S+\t)G/m, '$1C')),
    /genome\.vcf:\d+.*94781859|94781859.*genome\.vcf/,
  ],
  [
    'a truncated gzip',
    (folder) => {
      zipped(folder)
      truncateSync(join(folder, 'genome.vcf.gz'), 900)
    },
    /genome\.vcf\.gz/,
  ],
  ['a pipe in the place of the record', pipeFor('clinical.json'), /clinical\.json.*pipe/],
  ['a pipe in the place of the genome', pipeFor('genome.vcf'), /pipe/],
  [
    'a gzip that is none',
    (folder) => {
      zipped(folder)
      writeFileSync(join(folder, 'genome.vcf.gz'), Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3]))
    },
    /genome\.vcf\.gz/,
  ],
]

test('given damaged input, then one message names the place, exit 2, nothing is written', async (t) => {
  for (const [given, damage, names] of table) {
    await t.test(given, () => {
      const folder = copyCase('permitted')
      damage(folder)
      const run = habeas(['plan', folder, '--data', data])
      assert.equal(run.status, 2, `${run.out}${run.err}`)
      assert.equal(run.out, '')
      assert.match(run.err, /^habeas: [^\n]+\n$/)
      assert.match(run.err, names)
      assert.match(run.err, /found .*expected /)
      assert.ok(!existsSync(join(folder, 'out')), 'something was written')
      assert.doesNotMatch(run.err, /Zhao|at .*\.(ts|js):\d+/)
    })
  }
})

test('usage errors are 2, in one message, without a stack trace', () => {
  for (const args of [
    ['plan'],
    ['dance'],
    ['plan', 'a', 'b', 'c'],
    ['verify', '--what'],
    ['genome'],
    ['bench', 'nothing'],
    ['start', '--port', 'x'],
    ['plan', 'examples/permitted', '--out', ''],
    ['plan', 'examples/permitted', '--data', ''],
    ['plan', ''],
    ['ruling', ''],
    ['verify', ''],
  ]) {
    const run = habeas(args)
    assert.equal(run.status, 2, args.join(' '))
    assert.match(run.err, /^error: /)
    assert.doesNotMatch(run.err, /\n\s+at /)
  }
})

test('asking for help is no error, and quick', () => {
  const from = performance.now()
  const run = habeas(['--help'])
  assert.equal(run.status, 0)
  for (const command of ['plan', 'genome', 'ruling', 'verify', 'log'])
    assert.match(run.out, new RegExp(`^  ${command} `, 'm'))
  // Not a timing test: it catches a command whose modules are loaded before it is called (which costs seconds).
  assert.ok(performance.now() - from < 5000)
})

test('a folder that cannot be written is 3, before anything is done', () => {
  const file = join(freshFolder('file'), 'file')
  writeFileSync(file, '')
  const run = habeas(['plan', 'examples/permitted', '--out', join(file, 'out'), '--data', data])
  assert.equal(run.status, 3, run.err)
  assert.match(run.err, /^habeas: [^\n]+\n$/)
})

test('a reader that goes away and a full disk behind stdout leave no stack trace', () => {
  const run = (command: string) => spawnSync('bash', ['-c', command], { encoding: 'utf8' })
  const closed = run('set -o pipefail; node bin/habeas --help | true; echo $?')
  assert.deepEqual([closed.stdout, closed.stderr], ['0\n', ''])
  if (!existsSync('/dev/full')) return
  const full = run('node bin/habeas --help > /dev/full')
  assert.equal(full.status, 3)
  assert.match(full.stderr, /^habeas: stdout: found [^\n]+\n$/)
})

test('a pipe in an evidence folder is named, not waited for', () => {
  const folder = freshFolder('pipe')
  execFileSync('mkfifo', [join(folder, 'leaf.bin')])
  const run = habeas(['verify', folder])
  assert.equal(run.status, 2)
  assert.match(run.err, /leaf\.bin: found a pipe/)
})

test('verify of something that is no evidence says so', () => {
  const empty = freshFolder('empty')
  assert.equal(habeas(['verify', join(empty, 'nothing')]).status, 2)
  const run = habeas(['verify', empty, '--json'])
  assert.equal(run.status, 1)
  assert.equal(JSON.parse(run.out).failures.length, 6)
  assert.deepEqual(readdirSync(empty), [])
})
