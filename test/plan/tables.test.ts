import assert from 'node:assert/strict'
import { test } from 'node:test'
import { actionOf, type Call, called, cyp2c19, slco1b1 } from './given.ts'
import { geneCall } from './scenario.ts'

/** Given an indication, genes and a drug, then its action. */
const tables: readonly (readonly [
  indication: string,
  genes: readonly Call[],
  drug: string,
  expected: string,
])[] = [
  ['post-pci', [cyp2c19('Normal')], 'clopidogrel', 'standard'],
  ['post-pci', [cyp2c19('Rapid')], 'clopidogrel', 'standard'],
  ['post-pci', [cyp2c19('Ultrarapid')], 'clopidogrel', 'standard'],
  ['post-pci', [cyp2c19('Intermediate')], 'clopidogrel', 'avoid'],
  ['post-pci', [cyp2c19('Likely Intermediate')], 'clopidogrel', 'avoid'],
  ['post-pci', [cyp2c19('Poor')], 'clopidogrel', 'avoid'],
  ['post-pci', [cyp2c19('Likely Poor')], 'clopidogrel', 'avoid'],
  ['post-pci', [called('CYP2C19', 'Indeterminate')], 'clopidogrel', 'test-first'],
  ['post-pci', [geneCall('CYP2C19', { status: 'not-called' })], 'clopidogrel', 'test-first'],
  [
    'post-pci',
    [
      geneCall('CYP2C19', {
        status: 'ambiguous',
        phenotypes: ['Normal Metabolizer', 'Intermediate Metabolizer'],
      }),
    ],
    'clopidogrel',
    'avoid',
  ],
  [
    'post-pci',
    [geneCall('CYP2C19', { status: 'ambiguous', phenotypes: ['Normal Metabolizer'] })],
    'clopidogrel',
    'test-first',
  ],
  ['post-pci', [], 'clopidogrel', 'test-first'],
  ['post-pci', [], 'prasugrel', 'standard'],
  ['crc', [called('DPYD', 'Normal Metabolizer', 'Reference/Reference', 2)], 'capecitabine', 'standard'],
  [
    'crc',
    [called('DPYD', 'Intermediate Metabolizer', 'Reference/c.2846A>T', 1.5)],
    'capecitabine',
    'reduce-dose 0.5',
  ],
  [
    'crc',
    [called('DPYD', 'Intermediate Metabolizer', 'Reference/c.1905+1G>A (*2A)', 1)],
    'fluorouracil',
    'reduce-dose 0.5',
  ],
  [
    'crc',
    [called('DPYD', 'Intermediate Metabolizer', 'c.2846A>T/c.2846A>T', 1)],
    'fluorouracil',
    'test-first',
  ],
  ['crc', [called('DPYD', 'Intermediate Metabolizer', undefined, 1)], 'fluorouracil', 'test-first'],
  ['crc', [called('DPYD', 'Poor Metabolizer', undefined, 0.5)], 'capecitabine', 'avoid'],
  ['crc', [called('DPYD', 'Poor Metabolizer', undefined, 0)], 'fluorouracil', 'avoid'],
  ['crc', [called('DPYD', 'Poor Metabolizer', undefined, 0)], 'tegafur', 'avoid'],
  ['crc', [], 'capecitabine', 'test-first'],
  ['lipids', [slco1b1('Normal')], 'simvastatin', 'standard'],
  ['lipids', [slco1b1('Increased')], 'simvastatin', 'standard'],
  ['lipids', [slco1b1('Decreased')], 'simvastatin', 'alternative'],
  ['lipids', [slco1b1('Possible Decreased')], 'simvastatin', 'alternative'],
  ['lipids', [slco1b1('Poor')], 'simvastatin', 'alternative'],
  ['lipids', [called('SLCO1B1', 'Indeterminate')], 'simvastatin', 'test-first'],
  ['lipids', [slco1b1('Decreased')], 'atorvastatin', 'reduce-dose 40 mg'],
  ['lipids', [slco1b1('Poor')], 'atorvastatin', 'reduce-dose 20 mg'],
  ['lipids', [slco1b1('Poor')], 'pravastatin', 'reduce-dose 40 mg'],
  ['lipids', [slco1b1('Decreased')], 'pravastatin', 'monitor'],
  ['lipids', [slco1b1('Poor')], 'pitavastatin', 'reduce-dose 1 mg'],
  ['lipids', [slco1b1('Poor'), called('ABCG2', 'Normal Function')], 'rosuvastatin', 'reduce-dose 20 mg'],
  ['lipids', [slco1b1('Poor'), called('ABCG2', 'Poor Function')], 'rosuvastatin', 'reduce-dose 10 mg'],
  [
    'lipids',
    [slco1b1('Poor'), called('CYP2C9', 'Poor Metabolizer', '*3/*3', 0)],
    'fluvastatin',
    'alternative',
  ],
  [
    'all-maint',
    [called('TPMT', 'Poor Metabolizer'), called('NUDT15', 'Normal Metabolizer')],
    'mercaptopurine',
    'reduce-dose 0.1',
  ],
  [
    'ibd',
    [called('TPMT', 'Poor Metabolizer'), called('NUDT15', 'Normal Metabolizer')],
    'mercaptopurine',
    'alternative',
  ],
  [
    'ibd',
    [called('TPMT', 'Intermediate Metabolizer'), called('NUDT15', 'Normal Metabolizer')],
    'azathioprine',
    'reduce-dose 0.5',
  ],
  [
    'ibd',
    [called('TPMT', 'Normal Metabolizer'), called('NUDT15', 'Normal Metabolizer')],
    'azathioprine',
    'standard',
  ],
  ['all-maint', [called('TPMT', 'Normal Metabolizer')], 'mercaptopurine', 'test-first'],
  [
    'af',
    [called('CYP2C9', 'Poor Metabolizer', '*2/*3', 0.5), called('VKORC1', '-1639 GG')],
    'warfarin',
    'reduce-dose 0.45',
  ],
  [
    'af',
    [called('CYP2C9', 'Normal Metabolizer', '*1/*1', 2), called('VKORC1', '-1639 AA')],
    'warfarin',
    'reduce-dose 0.6',
  ],
  [
    'epilepsy',
    [called('CYP2C9', 'Poor Metabolizer', '*3/*3', 0), called('HLA-B', '*15:02 negative')],
    'phenytoin',
    'reduce-dose 0.4',
  ],
  ['epilepsy', [called('HLA-B', '*15:02 positive')], 'carbamazepine', 'avoid'],
  ['epilepsy', [called('HLA-B', '*57:01 negative')], 'carbamazepine', 'test-first'],
  ['pain', [called('CYP2C9', 'Poor Metabolizer', '*3/*3', 0)], 'ibuprofen', 'reduce-dose 0.25-0.5'],
  ['reflux', [cyp2c19('Ultrarapid')], 'omeprazole', 'increase-dose 2'],
  ['depression', [cyp2c19('Poor')], 'citalopram', 'alternative'],
  ['depression', [cyp2c19('Poor')], 'sertraline', 'reduce-dose 0.5 75 mg/day'],
  ['transplant', [called('CYP3A5', 'Poor Metabolizer')], 'tacrolimus', 'monitor'],
]
for (const [indication, genes, drug, expected] of tables)
  test(`${indication}, ${genes.map(({ gene, phenotypes, activityScore }) => `${gene} ${phenotypes.join('/')} ${activityScore ?? ''}`).join(', ') || 'no genes'}: ${drug} is ${expected}`, () =>
    assert.equal(actionOf(drug, { indication, genes }), expected))
