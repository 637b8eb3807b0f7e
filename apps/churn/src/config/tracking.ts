import { z } from 'zod';

/** A valid name of an experiment or registered model in MLflow. */
const mlflowName = z
  .string()
  .min(1)
  .max(250)
  .refine((name) => !/[/:'"`%]/.test(name), 'a name without / : % and quotes');

/** The tracking server for runs. */
export const tracking = z
  .strictObject({
    /** The address of the server. */
    mlflow: z
      .url({ protocol: /^https?$/, error: 'expected an address such as http://localhost:5000', abort: true })
      .refine((url) => {
        const { username, password } = new URL(url);
        return username === '' && password === '';
      }, 'expected no login in the address; set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN')
      .transform((url) => url.replace(/\/+$/, '')),
    /** By default the value of `predicts`. */
    experiment: mlflowName.optional(),
    /** The registered model whose versions are the best models of runs; by default the name of the experiment. */
    model: mlflowName.optional(),
  })
  .optional();
