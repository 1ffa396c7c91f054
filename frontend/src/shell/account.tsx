/** Who is signed in, the theme, and the way out. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, session } from "@/api/client";
import { meQuery } from "@/features/auth/queries";
import { chooseTheme, chosenTheme, type Theme } from "@/lib/theme";
import { plain } from "@/lib/words";
import { Avatar, Icon, Menu } from "@/ui";

const NEXT: Record<Theme, { theme: Theme; label: string }> = {
  system: { theme: "light", label: "Theme: as the system" },
  light: { theme: "dark", label: "Theme: light" },
  dark: { theme: "system", label: "Theme: dark" },
};

export function AccountMenu() {
  const { data: me } = useQuery(meQuery);
  const [theme, setTheme] = useState(chosenTheme);
  const name = me?.name ?? "";
  const turn = () => {
    chooseTheme(NEXT[theme].theme);
    setTheme(NEXT[theme].theme);
  };
  return (
    <Menu
      header={
        me && (
          <>
            <b className="block text-14 text-ink">{me.name}</b>
            {plain(me.role)} at {me.organization.name}
          </>
        )
      }
      trigger={
        <button type="button" className="grid size-10 place-items-center rounded-m hover:bg-sunken">
          <Avatar name={name || "?"} />
          <span className="sr-only">{name || "Account"}, account</span>
        </button>
      }
      items={[
        {
          label: (
            <>
              <Icon name={theme === "dark" ? "moon" : "sun"} /> {NEXT[theme].label}
            </>
          ),
          onSelect: turn,
        },
        {
          label: (
            <>
              <Icon name="out" /> Sign out
            </>
          ),
          onSelect: () => void signOut(),
        },
      ]}
    />
  );
}

async function signOut(): Promise<void> {
  await api.POST("/api/auth/sign-out");
  session.set(null);
}
