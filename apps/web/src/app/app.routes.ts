import type { Routes } from '@angular/router';
import { keyFromLink } from './sign-in/key-from-link';

export const ROUTES: Routes = [
  {
    path: '',
    canActivate: [keyFromLink],
    runGuardsAndResolvers: 'always',
    children: [
      {
        path: '',
        pathMatch: 'full',
        title: 'Sessions · tmuxy',
        loadComponent: async () => (await import('./sessions/sessions')).Sessions,
      },
      {
        path: 'sign-in',
        title: 'Sign in · tmuxy',
        loadComponent: async () => (await import('./sign-in/sign-in')).SignIn,
      },
      {
        path: 's/:name',
        loadComponent: async () => (await import('./workbench/workbench')).Workbench,
      },
      {
        path: 'audit',
        title: 'Audit log · tmuxy',
        loadComponent: async () => (await import('./audit/audit')).Audit,
      },
      { path: '**', redirectTo: '' },
    ],
  },
];
