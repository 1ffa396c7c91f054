/** The pages of the candidate; one thing a page, plain words, always a way out. */
export function App() {
  return (
    <main className="mx-auto max-w-[928px] px-5 py-14 sm:px-10">
      <h1 className="text-24 font-strong tracking-[-0.02em] sm:text-32">Your interview</h1>
      <p className="mt-4 max-w-[680px] text-ink-2 sm:text-20">
        Open the link in your invitation again: this page is reached from there.
      </p>
    </main>
  );
}
