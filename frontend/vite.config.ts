/** Two apps from one source tree: recruiters under `/`, candidates under `/c/`. */
import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vitest/config";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const api = process.env.INTERLOOP_API ?? "http://127.0.0.1:8000";

type Next = () => void;
type Request = { url?: string };

/** The API serves candidate.html under /c/; dev and preview servers must do the same. */
function candidatePages(): Plugin {
  const rewrite = (request: Request, _: unknown, next: Next) => {
    if (request.url?.startsWith("/c/")) request.url = "/candidate.html";
    next();
  };
  return {
    name: "interloop-candidate-pages",
    configureServer: (server) => void server.middlewares.use(rewrite),
    configurePreviewServer: (server) => void server.middlewares.use(rewrite),
  };
}

export default defineConfig({
  plugins: [react(), tailwindcss(), candidatePages()],
  resolve: { alias: { "@": here("./src") } },
  server: { proxy: { "/api": api } },
  preview: { proxy: { "/api": api } },
  build: {
    manifest: true,
    // Inlined data: URLs would need an exception in the content security policy.
    assetsInlineLimit: 0,
    rollupOptions: {
      input: { index: here("./index.html"), candidate: here("./candidate.html") },
    },
  },
  test: { environment: "node", include: ["src/**/*.test.ts", "src/**/*.test.tsx"] },
});
