import { expect, type Locator, type Page } from '@playwright/test';
import { answered } from '../support/launch.ts';

/** An account, and where its server listens. */
export interface Server {
  readonly jid: string;
  readonly password: string;
  readonly host: string;
  readonly port: number;
}

/** The dialog of accounts, by its roles and names. */
export class Accounts {
  readonly #page: Page;
  readonly dialog: Locator;
  readonly form: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.dialog = page.getByRole('dialog', { name: 'Accounts', exact: true });
    this.form = page.getByRole('dialog', { name: 'Add account' });
  }

  /** From the first screen on: gives the account and its server and lets the app connect. */
  async add(server: Server, { remember }: { readonly remember: boolean }): Promise<void> {
    await this.begin();
    if (!remember) await this.form.getByRole('switch', { name: /keychain/u }).click();
    await this.fill(this.form, server);
  }

  /** Opens the form for the first account. */
  async begin(): Promise<void> {
    await this.#page.getByRole('button', { name: /^Connect to your platform/u }).click();
  }

  /** Fills the form in that is open, server and all, and lets the app connect. */
  async fill(form: Locator, server: Server): Promise<void> {
    await form.getByRole('textbox', { name: 'JID' }).fill(server.jid);
    await form.getByRole('textbox', { name: 'Password' }).fill(server.password);
    await form.getByText('Server and resource').click();
    await form.getByRole('switch', { name: /^Connect to this server/u }).click();
    await form.getByRole('textbox', { name: 'Server' }).fill(server.host);
    await form.getByRole('textbox', { name: 'Port' }).fill(String(server.port));
    await form.getByRole('button', { name: 'Save and connect' }).click();
  }

  /**
   * Trusts the certificate that the server of the first account shows, if it is the one with this
   * fingerprint; the app goes on by itself to the window with the roster.
   */
  async trust(fingerprint?: string): Promise<void> {
    const view = this.dialog.getByRole('region', { name: /cannot be told from an impostor/u });
    await expect(view).toBeVisible({ timeout: 15_000 });
    if (fingerprint !== undefined) await expect(view).toContainText(fingerprint);
    const asking = this.#page.context().waitForEvent('page');
    await view.getByRole('button', { name: 'Trust exactly this certificate' }).click();
    // Main asks too, in a window of its own.
    const confirmation = await asking;
    await answered(confirmation, () =>
      confirmation.getByRole('button', { name: 'Trust', exact: true }).click(),
    );
    await expect(this.dialog).toBeHidden({ timeout: 15_000 });
  }
}
