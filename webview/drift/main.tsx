import { render } from 'preact';
import { DriftPanelState, DriftStore } from '../state/driftStore.ts';
import { takeVsCodeApi } from '../state/vscodeApi.ts';
import { DriftApp } from './driftApp.tsx';

const place = document.getElementById('app');
if (place) render(<DriftApp store={new DriftStore(takeVsCodeApi(DriftPanelState))} />, place);
