import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, RouterProvider } from "@tanstack/react-router";
import { Compass } from "lucide-react";
import { Broken } from "./shell/boundary.tsx";
import { Layout } from "./shell/layout.tsx";
import { type Services, ServicesProvider } from "./shell/services.ts";
import { Session } from "./shell/session.tsx";
import { type Api, trpc } from "./trpc.ts";
import { Blank } from "./ui/notice.tsx";

const rootRoute = createRootRoute({ component: Layout, notFoundComponent: NotFound });
const routes = [
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
