/** Whisper models bigger than the ones npm brings, for those with internet and patience. */

export interface DownloadableModel {
  /** What `earshot models` and `EARSHOT_WHISPER` call it. */
  readonly name: string;
  /** Repository on Hugging Face. */
  readonly repository: string;
  /** Branch, tag or commit. */
  readonly revision: string;
  /** Before it is asked for its exact size: 8-bit weights are about a byte for each parameter of the model card. */
  readonly approximateBytes: number;
  readonly files: readonly string[];
}

const files = [
  'config.json',
  'generation_config.json',
  'preprocessor_config.json',
  'tokenizer.json',
  'onnx/encoder_model_quantized.onnx',
  'onnx/decoder_model_merged_quantized.onnx',
] as const;

export const downloadableModels: readonly DownloadableModel[] = [
  {
    name: 'medium',
    repository: 'Xenova/whisper-medium',
    revision: 'main',
    approximateBytes: 769_000_000,
    files,
  },
  {
    name: 'large-v3-turbo',
    repository: 'onnx-community/whisper-large-v3-turbo',
    revision: 'main',
    approximateBytes: 809_000_000,
    files,
  },
];
