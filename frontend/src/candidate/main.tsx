/** Entry of the candidate app: everything under /c/. */
import "@/styles/candidate.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { takeToken } from "./address";
import { App } from "./app";

// Before anything is drawn: the secret must not stay in the address.
const token = takeToken();
const root = document.getElementById("root");
if (!root) throw new Error("the page has no root");
createRoot(root).render(
  <StrictMode>
    <App token={token} />
  </StrictMode>,
);
