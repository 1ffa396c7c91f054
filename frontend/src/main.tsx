/** Entry of the recruiter app. */
import "@/styles/recruiter.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Gallery } from "./routes/gallery";

const root = document.getElementById("root");
if (!root) throw new Error("the page has no root");
createRoot(root).render(
  <StrictMode>
    <Gallery />
  </StrictMode>,
);
