import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ownPath } from './ownPath.ts'

test('where somebody goes on to after signing in is a page of ours, or the first page', () => {
  const kept = ['/', '/keys', '/cases/permitted/me', '/cases/a?x=1', '/cases/%E8%B5%B5']
  for (const path of kept) assert.equal(ownPath(path), path)
  const elsewhere: unknown[] = [
    undefined,
    null,
    ['/keys', '/keys'],
    '',
    'keys',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/a\\b',
    '\\\\evil.example',
    'https://evil.example/',
    'javascript:alert(1)',
    ' /keys',
    '/keys\r\nlocation: https://evil.example',
    '/\u0000',
    '/赵',
    '/sign-in/start?to=/',
    '/oidc/auth',
    '/api/session/end',
    '/./oidc/auth',
    '/x/../sign-in/start',
    '/..//evil.example',
    '/.//evil.example',
    '/a/..//evil.example/',
    '/%2e%2e//evil.example',
    `/${'a'.repeat(600)}`,
  ]
  for (const path of elsewhere) assert.equal(ownPath(path), '/', String(path))
})

test('whatever is asked for, a browser stays with us', () => {
  const piece = fc.constantFrom(
    '/',
    '\\',
    '.',
    '..',
    '%2f',
    '@',
    ':',
    'evil.example',
    '?',
    '#',
    '\t',
    ' ',
    'a',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const to = new URL(ownPath(pieces.join('')), 'https://own.example')
      assert.equal(to.origin, 'https://own.example')
    }),
    { numRuns: 50_000 },
  )
})
