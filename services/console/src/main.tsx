import './styles/main.scss';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router/dom';
import { createQueries } from './api/queries.ts';
import { createRouter } from './shell/routes.tsx';

const queries = createQueries();
const app = document.getElementById('app');
if (!app) throw new Error('the page has no place for the console');
createRoot(app).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <RouterProvider router={createRouter(queries)} />
    </QueryClientProvider>
  </StrictMode>,
);
