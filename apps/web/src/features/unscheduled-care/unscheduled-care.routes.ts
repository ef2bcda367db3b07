import { type Component, defineAsyncComponent } from 'vue'

/** The coordinator's page of this kind, loaded when a case of it is opened; the router hands it to the kernel. */
export const unscheduledCareCasePage: Component = defineAsyncComponent(() => import('./UnscheduledCarePage.vue'))
