import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import * as z from 'zod/mini';
import { App } from './app.tsx';
import './styles/tokens.css';
import './styles/reset.css';

// zod would otherwise try to make functions from text, which the page's content security policy reports as an attack.
z.config({ jitless: true });

createRoot(document.querySelector('#page')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
