/** Entry of the recruiter app. */
import "@/styles/recruiter.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { newQueryClient } from "@/api/query";
import { ToastProvider } from "@/ui";
import { newRouter } from "./router";

const root = document.getElementById("root");
if (!root) throw new Error("the page has no root");
const client = newQueryClient();
const router = newRouter(client);
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <ToastProvider>
        <RouterProvider router={router} />
      </ToastProvider>
    </QueryClientProvider>
  </StrictMode>,
);
