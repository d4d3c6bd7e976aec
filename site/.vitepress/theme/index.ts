import DefaultTheme from 'vitepress/theme-without-fonts';
import { keepLanguage } from './languages';
import './style.css';

export default {
  extends: DefaultTheme,
  setup: keepLanguage,
};
