// Copyright (c) 2026, the workforce.aws contributors
// GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
// SPDX-License-Identifier: GPL-3.0-or-later

// Judges calls, one a line: a question as JSON comes in, its judgement as JSON goes out, in the same order. The shapes
// are those of process.py beside this file. The one argument is the folder that the evaluator was installed in.

import { createRequire } from 'node:module'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const load = createRequire(join(process.argv[2], 'package.json'))
const { runSimulation } = load('@cloud-copilot/iam-simulate')
const { createValidatedPolicy, validateIdentityPolicy, validateResourcePolicy } = load('@cloud-copilot/iam-policy')

const VERDICTS = { Allowed: 'allowed', ExplicitlyDenied: 'explicitDeny', ImplicitlyDenied: 'implicitDeny' }

// A session asks with the same policies again and again: each text is read and validated once.
const MOST = 2000

function remembering(validate) {
  const known = new Map()
  return (text) => {
    let found = known.get(text)
    if (found === undefined) {
      found = createValidatedPolicy(JSON.parse(text), validate)
      if (known.size >= MOST) known.clear()
      known.set(text, found)
    }
    return found
  }
}

const ofIdentity = remembering(validateIdentityPolicy)
const ofResource = remembering(validateResourcePolicy)
const named = (texts) => texts.map((text, number) => ({ name: String(number), policy: ofIdentity(text) }))

function simulation({ principal, action, resource, account, context, policies, boundary, session, trust }) {
  return {
    request: { principal, action, resource: { resource, accountId: account }, contextVariables: context },
    identityPolicies: named(policies),
    permissionBoundaryPolicies: boundary === null ? undefined : named([boundary]),
    sessionPolicy: session === null ? undefined : ofIdentity(session),
    resourcePolicy: trust === null ? undefined : ofResource(trust),
    serviceControlPolicies: [],
    resourceControlPolicies: []
  }
}

// Where the reason lies, for AWS's message: the first of these whose answer is the verdict.
function reason(analysis) {
  const answers = [
    ['identity', analysis.identityAnalysis?.result],
    ['boundary', analysis.permissionBoundaryAnalysis?.result],
    ['session', analysis.sessionAnalysis?.result],
    ['trust', analysis.resourceAnalysis?.result]
  ]
  return answers.find(([, answer]) => answer === analysis.result)?.[0] ?? 'trust'
}

async function judge(question) {
  const found = await runSimulation(simulation(question), {})
  if (found.resultType !== 'single') {
    return { error: found.errors ? JSON.stringify(found.errors) : `a resource with a wildcard: ${question.resource}` }
  }
  const { analysis, ignoredContextKeys } = found.result
  return { verdict: VERDICTS[analysis.result], by: reason(analysis), ignored: ignoredContextKeys }
}

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  let answer
  try {
    answer = await judge(JSON.parse(line))
  } catch (error) {
    answer = { error: String(error?.stack ?? error) }
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`)
}
