import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Result } from '#kernel'
import {
  type HouseRule,
  type Operation,
  type RefusedChange,
  type RuleId,
  type RuleRefusal,
  readingLevelOf,
  type Signed,
  stateOf,
} from '#usecases'
import { plainAnswers, ruleAnswers, storeAnswers } from '../answers.ts'
import { sendProblem } from '../caseAct.ts'
import { notFound, type Problem, problem } from '../problem.ts'
import { NoQuery } from '../schemas.ts'
import type { House, HouseDesk } from './desk.ts'
import { BecauseBody, Notice, ProposalBody, RuleList, RuleParams, RuleView } from './schemas.ts'

const signedView = (signed: Signed) => ({ name: signed.name, at: signed.at, because: signed.because })

const ruleView = (house: House, rule: HouseRule) => ({
  id: rule.id,
  state: stateOf(rule),
  content: rule.content,
  sha256: rule.sha256,
  replaces: rule.replaces,
  proposed: signedView(rule.proposed),
  confirmed: rule.confirmed && signedView(rule.confirmed),
  ended: rule.ended && signedView(rule.ended),
  own: house.isOwn(rule),
  reading: readingOf(rule),
})

/** How hard a form is to read; one of before forms had sections is not measured. */
const readingOf = ({ content }: HouseRule) =>
  content.kind === 'form' && 'sections' in content ? readingLevelOf(content) : null

/** What was settled long ago lies in the log; a page shows the newest of it. */
const mostSettled = 200

function shown(rules: readonly HouseRule[]): readonly HouseRule[] {
  const isOpen = (rule: HouseRule) => ['proposed', 'standing'].includes(stateOf(rule))
  return [...rules.filter(isOpen), ...rules.filter((rule) => !isOpen(rule)).slice(0, mostSettled)]
}

/** What a hospital lays down for itself: for everybody to know, for its stewards to change. */
export const houseRuleRoutes =
  (desk: HouseDesk): FastifyPluginAsyncTypebox =>
  async (api) => {
    await api.register(readingRoutes(desk))
    await api.register(changingRoutes(desk))
  }

const readingRoutes =
  (desk: HouseDesk): FastifyPluginAsyncTypebox =>
  async (api) => {
    api.get(
      '/notice',
      {
        schema: {
          operationId: 'readNotice',
          summary:
            'What the hospital does with data, how long it keeps it, and who else gets it: what stands now',
          querystring: NoQuery,
          response: storeAnswers(200, 'What stands', Notice),
        },
      },
      async (_, reply) => {
        const notice = await desk.notice()
        if (notice === undefined) return sendProblem(reply, notFound())
        const rules = notice.rules.map(({ id, content, sha256, confirmed }) => {
          return { id, content, sha256, since: confirmed?.at }
        })
        return reply.send({ organisation: notice.organisation, rules })
      },
    )
    api.get(
      '/house-rules',
      {
        schema: {
          operationId: 'listHouseRules',
          summary: 'What stewards have laid down, what waits for a second of them, and what has ended',
          querystring: NoQuery,
          response: plainAnswers(200, 'The rules, what is open first', RuleList),
        },
      },
      (request, reply) =>
        inHouse(desk, request, reply, 'listHouseRules', async (house) => {
          const rules = shown(await house.list()).map((rule) => ruleView(house, rule))
          return reply.send({ organisation: house.organisation, rules })
        }),
    )
  }

const changingRoutes =
  (desk: HouseDesk): FastifyPluginAsyncTypebox =>
  async (api) => {
    api.post(
      '/house-rules',
      {
        schema: {
          operationId: 'proposeHouseRule',
          summary:
            'A rule: it stands at once if it only narrows what it replaces, else when another steward confirms it',
          querystring: NoQuery,
          body: ProposalBody,
          response: ruleAnswers(201, 'The rule, proposed or standing', RuleView),
        },
      },
      (request, reply) =>
        inHouse(desk, request, reply, 'proposeHouseRule', async (house) => {
          const { content, because, replaces } = request.body
          const proposal = { content, because, replaces: replaces as RuleId | null }
          return answer(house, reply, 201, await house.propose(proposal))
        }),
    )
    await api.register(settlingRoutes(desk))
  }

const settlingRoutes =
  (desk: HouseDesk): FastifyPluginAsyncTypebox =>
  async (api) => {
    api.post(
      '/house-rules/:ruleId/confirmation',
      {
        schema: {
          operationId: 'confirmHouseRule',
          summary: 'The second pair of eyes: from now on it stands',
          params: RuleParams,
          querystring: NoQuery,
          body: BecauseBody,
          response: ruleAnswers(200, 'The rule, standing', RuleView),
        },
      },
      (request, reply) =>
        inHouse(desk, request, reply, 'confirmHouseRule', async (house) => {
          const { ruleId } = request.params
          return answer(house, reply, 200, await house.confirm(ruleId as RuleId, request.body.because))
        }),
    )
    api.post(
      '/house-rules/:ruleId/ending',
      {
        schema: {
          operationId: 'endHouseRule',
          summary: 'It allows nothing from now on; a proposal is declined',
          params: RuleParams,
          querystring: NoQuery,
          body: BecauseBody,
          response: ruleAnswers(200, 'The rule, ended or declined', RuleView),
        },
      },
      (request, reply) =>
        inHouse(desk, request, reply, 'endHouseRule', async (house) => {
          const { ruleId } = request.params
          return answer(house, reply, 200, await house.end(ruleId as RuleId, request.body.because))
        }),
    )
  }

function inHouse(
  desk: HouseDesk,
  { caller }: Pick<FastifyRequest, 'caller'>,
  reply: FastifyReply,
  operation: Operation,
  work: (house: House) => Promise<FastifyReply>,
): Promise<FastifyReply> | FastifyReply {
  const house = desk.enter(caller, operation)
  return house === undefined ? sendProblem(reply, notFound()) : work(house)
}

function answer(
  house: House,
  reply: FastifyReply,
  status: number,
  changed: Result<HouseRule, RefusedChange>,
): FastifyReply {
  if (changed.ok) return reply.code(status).send(ruleView(house, changed.value))
  return sendProblem(reply, problemOfRefusal(changed.error))
}

const refused = (
  status: number,
  code: RuleRefusal,
  title: string,
  detail: string,
  more: Readonly<Record<string, unknown>> = {},
): Problem => problem(status, code, title, `${detail} Nothing was changed.`, more)

function problemOfRefusal({ code, lacks, where }: RefusedChange): Problem {
  switch (code) {
    case 'rule.unknown':
      return notFound()
    case 'rule.settled':
      return refused(
        409,
        code,
        'Settled already',
        'It stands, was declined or has ended, or what it replaces has.',
      )
    case 'rule.own':
      return refused(409, code, 'Not by yourself', 'Another steward must confirm what you have proposed.')
    case 'rule.by-person':
      return refused(403, code, 'Not by a program', 'Only a person who has signed in lays down rules.')
    case 'rule.replaces':
      return refused(
        422,
        code,
        'Not in its place',
        'A rule takes the place of one of its kind that stands; a finding against something ends by being replaced.',
      )
    case 'rule.form':
      return refused(
        422,
        code,
        'Not such a form',
        `Found an element or a choice twice, or a right answer that is not there, at body $.content${where ?? ''}; expected each once.`,
      )
    case 'rule.form-lacks':
      return refused(
        422,
        code,
        'Not told',
        'Found a form at body $.content.sections that does not tell all that the law of the day wants told; expected what `lacks` names.',
        { lacks },
      )
    case 'rule.days':
      return refused(
        422,
        code,
        'Not these days',
        'Found days that cannot be at body $.content; expected a day up to today, and a last day not before it.',
      )
  }
}
