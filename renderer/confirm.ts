import '@fontsource-variable/inter/index.css';
import './ui/tokens.css';
import './ui/base.css';
import { mount } from 'svelte';
import { requireApi } from './state/api.ts';
import ConfirmPage from './views/confirm/ConfirmPage.svelte';

const target = document.getElementById('app');
if (target === null) throw new Error('confirm.html has no element with the id "app"');
mount(ConfirmPage, { target, props: { api: requireApi() } });
