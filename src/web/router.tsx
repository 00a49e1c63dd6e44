import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { NotFound } from './failure.tsx'
import { ActPage } from './pages/act.tsx'
import { AgreementsPage } from './pages/agreements.tsx'
import { AttendancePage } from './pages/attendance.tsx'
import { AttendancesPage } from './pages/attendances.tsx'
import { CasePage } from './pages/case.tsx'
import { DeceasedPage } from './pages/deceased.tsx'
import { EmergencyPage } from './pages/emergency.tsx'
import { EmergencyReviewsPage } from './pages/emergencyReviews.tsx'
import { GenomePage } from './pages/genome.tsx'
import { HomePage } from './pages/home.tsx'
import { HousePage } from './pages/house.tsx'
import { KeysPage } from './pages/keys.tsx'
import { LayDownPage } from './pages/layDown.tsx'
import { MePage } from './pages/me.tsx'
import { NoticePage } from './pages/notice.tsx'
import { PlanPage } from './pages/plan.tsx'
import { ProcedurePage } from './pages/procedure.tsx'
import { RecallsPage } from './pages/recalls.tsx'
import { RelativesPage } from './pages/relatives.tsx'
import { RelativesReviewsPage } from './pages/relativesReviews.tsx'
import { SignPage } from './pages/sign.tsx'
import { TroublePage } from './pages/trouble.tsx'
import { WayPage } from './pages/way.tsx'
import { WithdrawPage } from './pages/withdraw.tsx'
import { Shell } from './shell.tsx'

const root = createRootRoute({ component: Shell })
const page = <Path extends string>(path: Path, component: () => ReactNode) =>
  createRoute({ getParentRoute: () => root, path, component })

/** The rule that another one takes the place of; the step of a procedure from which somebody came. */
type Search = { readonly replaces?: string; readonly step?: string }

/** Addresses hold the name of a case and the number of an act, never a person. */
const tree = root.addChildren([
  page('/', HomePage),
  page('/sign-in', HomePage),
  page('/sign-in/way/$uid', WayPage),
  page('/sign-in/trouble', TroublePage),
  page('/keys', KeysPage),
  page('/notice', NoticePage),
  page('/genome', GenomePage),
  page('/house', HousePage),
  page('/recalls', RecallsPage),
  page('/attendances', AttendancesPage),
  page('/attendances/$attendanceId', AttendancePage),
  page('/emergencies', EmergencyReviewsPage),
  page('/relatives-reviews', RelativesReviewsPage),
  page('/deceased/$caseId', DeceasedPage),
  createRoute({
    getParentRoute: () => root,
    path: '/house/new/$kind',
    component: LayDownPage,
    validateSearch: ({ replaces }): Search => (typeof replaces === 'string' ? { replaces } : {}),
  }),
  page('/cases/$caseId', CasePage),
  page('/cases/$caseId/plan', PlanPage),
  page('/cases/$caseId/withdraw', WithdrawPage),
  page('/cases/$caseId/emergency', EmergencyPage),
  page('/cases/$caseId/relatives', RelativesPage),
  page('/cases/$caseId/agreements', AgreementsPage),
  createRoute({
    getParentRoute: () => root,
    path: '/cases/$caseId/agreements/$formId',
    component: SignPage,
    validateSearch: ({ step }): Search => (typeof step === 'string' ? { step } : {}),
  }),
  page('/cases/$caseId/procedure', ProcedurePage),
  page('/cases/$caseId/me', MePage),
  page('/cases/$caseId/acts/$actId', ActPage),
])

export const router = createRouter({
  routeTree: tree,
  defaultNotFoundComponent: NotFound,
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
