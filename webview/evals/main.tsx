import { render } from 'preact';
import { EvalsPanelState, EvalsStore } from '../state/evalsStore.ts';
import { takeVsCodeApi } from '../state/vscodeApi.ts';
import { EvalsApp } from './evalsApp.tsx';

const place = document.getElementById('app');
if (place) render(<EvalsApp store={new EvalsStore(takeVsCodeApi(EvalsPanelState))} />, place);
