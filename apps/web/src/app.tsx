import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, RouterProvider } from "@tanstack/react-router";
import { Compass } from "lucide-react";
import { MembersOnly } from "./access/gate.tsx";
import { tabIn } from "./flags/edit/tabs.ts";
import { filterIn } from "./flags/list/filter.ts";
import { Broken } from "./shell/boundary.tsx";
import { Layout } from "./shell/layout.tsx";
import { type Services, ServicesProvider } from "./shell/services.ts";
import { Session } from "./shell/session.tsx";
import { type Api, trpc } from "./trpc.ts";
import { Blank } from "./ui/notice.tsx";

const rootRoute = createRootRoute({ component: Layout, notFoundComponent: NotFound });
const managedRoute = createRoute({ getParentRoute: () => rootRoute, id: "managed", component: MembersOnly });
const settingsRoute = createRoute({
  getParentRoute: () => managedRoute,
  path: "/settings",
  component: lazyRouteComponent(() => import("./access/settings.tsx"), "SettingsPage"),
});
const settings = [
  createRoute({
    getParentRoute: () => settingsRoute,
    path: "/",
    component: lazyRouteComponent(() => import("./access/own.tsx"), "AccountPage"),
  }),
  createRoute({
    getParentRoute: () => settingsRoute,
    path: "/members",
    component: lazyRouteComponent(() => import("./access/members.tsx"), "MembersPage"),
  }),
  createRoute({
    getParentRoute: () => settingsRoute,
    path: "/keys",
    component: lazyRouteComponent(() => import("./access/keys.tsx"), "KeysPage"),
  }),
  createRoute({
    getParentRoute: () => settingsRoute,
    path: "/webhooks",
    component: lazyRouteComponent(() => import("./webhooks/page.tsx"), "WebhooksPage"),
  }),
  createRoute({
    getParentRoute: () => settingsRoute,
    path: "/approval",
    component: lazyRouteComponent(() => import("./access/approval.tsx"), "ApprovalPage"),
  }),
];
const flags = [
  createRoute({
    getParentRoute: () => managedRoute,
    path: "/flags",
    validateSearch: filterIn,
    component: lazyRouteComponent(() => import("./flags/list/page.tsx"), "FlagsPage"),
  }),
  createRoute({
    getParentRoute: () => managedRoute,
    path: "/flags/$key",
    validateSearch: tabIn,
    component: lazyRouteComponent(() => import("./flags/edit/page.tsx"), "FlagPage"),
  }),
  // Not below /flags: a flag may be called "segments".
  createRoute({
    getParentRoute: () => managedRoute,
    path: "/segments",
    component: lazyRouteComponent(() => import("./flags/segment/list.tsx"), "SegmentsPage"),
  }),
  createRoute({
    getParentRoute: () => managedRoute,
    path: "/segments/$name",
    component: lazyRouteComponent(() => import("./flags/segment/page.tsx"), "SegmentPage"),
  }),
  createRoute({
    getParentRoute: () => managedRoute,
    path: "/changes",
    component: lazyRouteComponent(() => import("./flags/history/page.tsx"), "ChangesPage"),
  }),
];
// The pages that manage something; whoever is not signed in finds the entrance there.
const managed = [
  settingsRoute.addChildren(settings),
  ...flags,
  createRoute({
    getParentRoute: () => managedRoute,
    path: "/review",
    component: lazyRouteComponent(() => import("./review/page.tsx"), "ReviewPage"),
  }),
  createRoute({
    getParentRoute: () => managedRoute,
    path: "/transfer",
    component: lazyRouteComponent(() => import("./transfer/page.tsx"), "TransferPage"),
  }),
];
const routes = [
  managedRoute.addChildren(managed),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/",
    component: lazyRouteComponent(() => import("./planner/page.tsx"), "PlannerPage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/features",
    component: lazyRouteComponent(() => import("./features/page.tsx"), "FeaturesPage"),
  }),
];
const router = createRouter({
  routeTree: rootRoute.addChildren(routes),
  defaultPreload: "intent",
  defaultErrorComponent: ({ reset }) => <Broken retry={reset} />,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}

export function App(props: { api: Api; queries: QueryClient; services: Services }) {
  return (
    <trpc.Provider client={props.api} queryClient={props.queries}>
      <QueryClientProvider client={props.queries}>
        <ServicesProvider value={props.services}>
          <Session api={props.api}>
            <RouterProvider router={router} />
          </Session>
        </ServicesProvider>
      </QueryClientProvider>
    </trpc.Provider>
  );
}

function NotFound() {
  return (
    <Blank icon={<Compass aria-hidden />} title="There is no such page">
      The address may be mistyped. The planner is one click away, above.
    </Blank>
  );
}
