import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { sha256Hex, utf8 } from '#kernel'
import { geneVcf } from '../genome/vcf.ts'
import { canMount, prepared } from '../store/mounts.ts'
import { freshFolder, habeas, type Run, startHabeas } from './habeas.ts'

const reference = geneVcf('CYP2C19')
const carrier = geneVcf('CYP2C19', { rs3758581: '0/1' })

/** As many samples as are named, each with the call of the one sample of a file. */
const ofMany = (vcf: string, names: readonly string[]): string =>
  vcf
    .split('\n')
    .map((line) => {
      if (line.startsWith('##') || line === '') return line
      const columns = line.split('\t')
      const own = columns.at(-1)!
      return [...columns.slice(0, -1), ...names.map((name) => (line.startsWith('#') ? name : own))].join('\t')
    })
    .join('\n')

function inputs(files: Readonly<Record<string, string>>): string {
  const folder = freshFolder('many')
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return folder
}

const into = (folder: string, out: string, ...more: readonly string[]): Run =>
  habeas(['genome', folder, '--out', out, '--json', ...more])

function counted(run: Run, status: number): { called: number; kept: number; failed: number } {
  assert.equal(run.status, status, run.err)
  return JSON.parse(run.out).files
}

/** Every file of a folder of results with the digest of its bytes, but for the lock. */
function contentOf(out: string): Map<string, string> {
  const files = readdirSync(out, { recursive: true, encoding: 'utf8' }).filter(
    (name) => !name.startsWith('lock.') && statSync(join(out, name)).isFile(),
  )
  return new Map(files.sort().map((name) => [name, sha256Hex(readFileSync(join(out, name)))]))
}

const diplotypeIn = (out: string, file: string): string =>
  JSON.parse(readFileSync(join(out, 'results', file), 'utf8')).genes.find(
    ({ gene }: { gene: string }) => gene === 'CYP2C19',
  ).diplotypes[0]

test('a result is what `habeas genome --json` prints of the sample, and the manifest says what it was made of', () => {
  const folder = inputs({ 'a.vcf': reference, 'deep/er/b.vcf': ofMany(carrier, ['S/1', 'S 2']) })
  const out = join(freshFolder('out'), 'results-of-ours')
  assert.deepEqual(counted(into(folder, out), 0), { called: 2, kept: 0, failed: 0 })
  const printed = habeas(['genome', folder, '--json'])
  assert.equal(printed.status, 0, printed.err)
  const names = ['a.vcf/S1.json', 'deep/er/b.vcf/S%2F1.json', 'deep/er/b.vcf/S%202.json']
  assert.equal(names.map((name) => readFileSync(join(out, 'results', name), 'utf8')).join(''), printed.out)
  const [head, ...lines] = readFileSync(join(out, 'manifest.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  assert.equal(head.knowledge.alleles, JSON.parse(printed.out.split('\n')[0]!).knowledge.alleles)
  assert.deepEqual(
    lines.map(({ input, samples, results }) => [input.name, input.size, samples, results.length]),
    [
      ['a.vcf', reference.length, 1, 1],
      ['deep/er/b.vcf', statSync(join(folder, 'deep/er/b.vcf')).size, 2, 2],
    ],
  )
  assert.equal(statSync(join(out, 'results', names[0]!)).mode & 0o077, 0, 'for nobody else to read')
})

test('what is finished and unchanged is not called again; what changed, is gone or was damaged is', () => {
  const folder = inputs({
    'a.vcf': reference,
    'b.vcf': reference,
    'c.vcf': reference,
    'd.vcf': ofMany(reference, ['S1', 'S2']),
  })
  const out = join(freshFolder('out'), 'out')
  counted(into(folder, out), 0)
  const before = contentOf(out)
  utimesSync(join(folder, 'a.vcf'), new Date(), new Date())
  assert.deepEqual(counted(into(folder, out), 0), { called: 0, kept: 4, failed: 0 })
  assert.deepEqual(contentOf(out), before)

  rmSync(join(out, 'results/a.vcf/S1.json'))
  appendFileSync(join(out, 'results/d.vcf/S2.json'), ' ')
  assert.deepEqual(counted(into(folder, out), 0), { called: 2, kept: 2, failed: 0 })
  assert.deepEqual(contentOf(out), before)

  writeFileSync(join(folder, 'b.vcf'), carrier)
  writeFileSync(join(folder, 'd.vcf'), ofMany(carrier, ['S2', 'S3']))
  assert.deepEqual(counted(into(folder, out), 0), { called: 2, kept: 2, failed: 0 })
  assert.deepEqual(readdirSync(join(out, 'results/d.vcf')), ['S2.json', 'S3.json'])
  assert.equal(diplotypeIn(out, 'b.vcf/S1.json'), '*1/*38')
  assert.equal(diplotypeIn(out, 'd.vcf/S2.json'), '*1/*38')
  const fresh = join(freshFolder('out'), 'out')
  counted(into(folder, fresh), 0)
  assert.deepEqual(contentOf(out), contentOf(fresh))
})

test('a file that became unreadable has no results of what it was', () => {
  const folder = inputs({ 'a.vcf': reference, 'b.vcf': reference })
  const out = join(freshFolder('out'), 'out')
  counted(into(folder, out), 0)
  writeFileSync(join(folder, 'a.vcf'), reference.slice(0, -8))
  const run = into(folder, out)
  assert.deepEqual(counted(run, 2), { called: 0, kept: 1, failed: 1 })
  assert.match(run.err, /a\.vcf:\d+/)
  assert.deepEqual([...contentOf(out).keys()], ['manifest.jsonl', 'results/b.vcf/S1.json'])
})

test('results of two makings are never mixed', () => {
  const folder = inputs({ 'a.vcf': reference })
  const out = join(freshFolder('out'), 'out')
  counted(into(folder, out), 0)
  const before = contentOf(out)
  const refused = (run: Run, what: RegExp) => {
    assert.deepEqual([run.status, run.out], [2, ''])
    assert.match(run.err, what)
    assert.deepEqual(contentOf(out), before)
  }
  refused(into(folder, out, '--min-gq', '20'), /another min-gq/)
  refused(
    into(folder, out, '--absent-is-reference', '--all-matches'),
    /another all-matches, another absent-is-reference/,
  )
  const manifest = join(out, 'manifest.jsonl')
  const older = readFileSync(manifest, 'utf8').replace(/"alleles":"[^"]+"/, '"alleles":"2020-01-01"')
  writeFileSync(manifest, older)
  before.set('manifest.jsonl', sha256Hex(utf8(older)))
  refused(into(folder, out), /another version of the knowledge/)
  writeFileSync(manifest, 'mine\n')
  before.set('manifest.jsonl', sha256Hex(utf8('mine\n')))
  refused(into(folder, out), /manifest\.jsonl:1/)
})

test('one bad file among good ones is told, the others go on, and the exit status says so', () => {
  const folder = inputs({
    'a.vcf': reference,
    'b.vcf': 'no VCF\n',
    'c.vcf.gz': reference,
    'd.bcf': 'BCF\u0002',
    'e/f.vcf': carrier,
    'notes.txt': 'x',
    '.hidden.vcf': carrier,
  })
  symlinkSync('..', join(folder, 'e', 'up'))
  symlinkSync('self.vcf', join(folder, 'self.vcf'))
  symlinkSync('nowhere', join(folder, 'gone.vcf'))
  symlinkSync('nowhere', join(folder, 'gone.txt'))
  symlinkSync('a.vcf', join(folder, 'link.vcf'))
  const out = join(freshFolder('out'), 'out')
  for (const run of [into(folder, out), habeas(['genome', folder, '--json'])]) {
    assert.ok(run.status === 2 || run.status === 3, run.err)
    const told = run.err.trim().split('\n')
    assert.equal(told.length, 4, run.err)
    for (const name of ['b.vcf', 'd.bcf', 'self.vcf', 'gone.vcf'])
      assert.equal(told.filter((line) => line.includes(join(folder, name))).length, 1, `${name}: ${run.err}`)
    assert.doesNotMatch(run.err, /\n {4}at /)
  }
  assert.deepEqual(
    [...contentOf(out).keys()],
    [
      'manifest.jsonl',
      ...['a.vcf', 'c.vcf.gz', 'e/f.vcf', 'link.vcf'].map((name) => `results/${name}/S1.json`),
    ],
  )
})

/** As a root that may read no more than what its files let it. */
function withoutOverride(args: readonly string[]): Run {
  if (process.getuid?.() !== 0) return habeas(args)
  const less = ['--bounding-set=-dac_override,-dac_read_search', process.execPath, 'bin/habeas', ...args]
  const { status, stdout, stderr } = spawnSync('setpriv', less, { encoding: 'utf8' })
  return { status, out: stdout, err: stderr }
}

test('a file that may not be read is the surroundings’ fault', () => {
  const folder = inputs({ 'a.vcf': reference, 'b.vcf': reference })
  chmodSync(join(folder, 'a.vcf'), 0)
  const run = withoutOverride(['genome', folder, '--out', join(freshFolder('out'), 'out'), '--json'])
  assert.deepEqual(counted(run, 3), { called: 1, kept: 0, failed: 1 })
})

test('folders that nothing can be made of', () => {
  const folder = inputs({ 'a.vcf': reference })
  const empty = freshFolder('empty')
  const foreign = inputs({ 'letters/mine.txt': 'x' })
  const out = join(freshFolder('out'), 'out')
  const cases: readonly (readonly [args: readonly string[], status: number, said: RegExp])[] = [
    [[empty, '--out', out], 2, /none-found/],
    [[empty], 2, /none-found/],
    [[join(empty, 'absent'), '--out', out], 2, /no such file/],
    [[folder, '--out', folder], 2, /out-is-input/],
    [[folder, '--out', foreign], 2, /folder-not-ours/],
    [[folder, '--out', join(folder, 'a.vcf')], 3, /not-a-folder/],
    [[folder, '--out', out, '--outside', 'results.tsv'], 2, /of one person/],
    [[folder, '--out', ''], 2, /an empty name/],
  ]
  for (const [args, status, said] of cases) {
    const run = habeas(['genome', ...args, '--json'])
    assert.deepEqual([run.status, run.out], [status, ''], `${args.join(' ')}: ${run.err}`)
    assert.match(run.err, said)
  }
  assert.deepEqual(readdirSync(join(out, '..')), [], 'nothing is left behind')
  assert.deepEqual(readdirSync(folder), ['a.vcf'])
})

test('results inside the folder of the inputs are not taken for inputs', () => {
  const folder = inputs({ 'a.vcf': reference })
  const out = join(folder, 'out.vcf')
  counted(into(folder, out), 0)
  writeFileSync(join(out, 'results', 'stray.vcf'), carrier)
  assert.deepEqual(counted(into(folder, out), 0), { called: 0, kept: 1, failed: 0 })
})

test('two files of one name, and samples that a disk could take for one, are refused by name', () => {
  const [one, other] = [inputs({ 'a.vcf': reference }), inputs({ 'a.vcf': carrier })]
  const out = join(freshFolder('out'), 'out')
  const both = habeas(['genome', one, other, '--out', out, '--json'])
  assert.deepEqual(counted(both, 2), { called: 1, kept: 0, failed: 1 })
  assert.match(both.err, /same-name/)
  assert.deepEqual(counted(into(other, out), 2), { called: 0, kept: 0, failed: 1 })
  assert.equal(diplotypeIn(out, 'a.vcf/S1.json'), '*38/*38')
  const copy = join(freshFolder('moved'), 'in')
  cpSync(one, copy, { recursive: true })
  assert.deepEqual(
    counted(into(copy, out), 0),
    { called: 0, kept: 1, failed: 0 },
    'the same content elsewhere',
  )
  const cases = inputs({ 'c.vcf': ofMany(reference, ['s1', 'S1']) })
  const run = into(cases, join(freshFolder('out'), 'out'))
  assert.deepEqual(counted(run, 2), { called: 0, kept: 0, failed: 1 })
  assert.match(run.err, /same-sample/)
})

const kills = 15

/** Kills a run that goes on in `out` once it has written `lines` more lines, and a moment later; false when it was done before. */
async function callAndKill(folder: string, out: string, lines: number, moment: number): Promise<boolean> {
  const manifest = join(out, 'manifest.jsonl')
  const written = () => (existsSync(manifest) ? readFileSync(manifest, 'utf8').split('\n').length : 0)
  const enough = written() + lines
  const child = startHabeas(['genome', folder, '--out', out])
  let done = false
  const ended = new Promise<void>((resolve) => child.on('exit', () => resolve())).then(() => {
    done = true
  })
  while (!done && written() < enough) await sleep(2)
  await sleep(moment)
  child.kill('SIGKILL')
  await ended
  return child.signalCode === 'SIGKILL'
}

test(`${kills} times kill -9: the run that comes through has the bytes of one that nobody disturbed`, async (t) => {
  const many = Array.from({ length: 200 }, (_, i) => `P${i}`)
  const singles = Object.fromEntries(
    Array.from({ length: 40 }, (_, i) => [`s/${i}.vcf`, i % 2 ? carrier : reference]),
  )
  const folder = inputs({ 'm.vcf': ofMany(carrier, many), ...singles, 'z.vcf': ofMany(reference, many) })
  const calm = join(freshFolder('calm'), 'out')
  counted(into(folder, calm), 0)
  const out = join(freshFolder('killed'), 'out')
  let killed = 0
  for (let round = 0; round < kills; round++)
    if (await callAndKill(folder, out, round % 4, (round * 7) % 20)) killed++
  const last = counted(into(folder, out), 0)
  assert.deepEqual(contentOf(out), contentOf(calm))
  assert.ok(killed >= kills / 3, `only ${killed} were killed`)
  t.diagnostic(`${killed} killed; the last run called ${last.called} files and kept ${last.kept}`)
})

test('what was being written when the process was killed counts as not done', () => {
  const folder = inputs({ 'a.vcf': reference, 'b.vcf': ofMany(reference, ['S1', 'S2', 'S3']) })
  const out = join(freshFolder('out'), 'out')
  counted(into(folder, out), 0)
  const calm = contentOf(out)
  const text = readFileSync(join(out, 'manifest.jsonl'), 'utf8')
  const cuts = [1, 30, 200, text.length - 1 - text.lastIndexOf('\n', text.length - 2)]
  for (const cut of cuts) {
    writeFileSync(join(out, 'manifest.jsonl'), text.slice(0, -cut))
    writeFileSync(join(out, 'results/b.vcf/.habeas-999999999-0123456789ab.tmp'), 'half')
    assert.deepEqual(counted(into(folder, out), 0), { called: 1, kept: 1, failed: 0 }, `${cut}`)
    assert.deepEqual(contentOf(out), calm, `${cut}`)
  }
})

test('the disk is full: it is said, what is whole stays, and with room the run goes on', {
  skip: canMount ? false : 'needs root and leave to mount',
}, () => {
  const many = Array.from({ length: 200 }, (_, i) => `P${i}`)
  const folder = inputs({ 'a.vcf': reference, 'm.vcf': ofMany(carrier, many) })
  const disk = join(freshFolder('full'), 'disk')
  mkdirSync(disk)
  const [command, ...args] = prepared(`mount -t tmpfs -o size=4m tmpfs ${disk}`)
  const script = `bin/habeas genome ${folder} --out ${disk}/out; echo "status $?" >&2
    find ${disk}/out -name '*.tmp' >&2; mount -o remount,size=200m ${disk}
    bin/habeas genome ${folder} --out ${disk}/out --json && cp -r ${disk}/out ${folder}-out`
  const run = spawnSync(command!, [...args, 'bash', '-c', script], { encoding: 'utf8' })
  assert.match(run.stderr, /^habeas: \S+: found no space left on the disk, .*\[folder\.full\]\nstatus 3\n$/)
  assert.equal(JSON.parse(run.stdout).files.kept, 1)
  const calm = join(freshFolder('calm'), 'out')
  counted(into(folder, calm), 0)
  assert.deepEqual(contentOf(`${folder}-out`), contentOf(calm))
  rmSync(`${folder}-out`, { recursive: true })
})
