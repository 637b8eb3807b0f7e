import { z } from 'zod';

/** What MLflow takes for the name of an experiment and of a registered model. */
const mlflowName = z
  .string()
  .min(1)
  .max(250)
  .refine((name) => !/[/:'"`%]/.test(name), 'a name without / : % and quotes');

/** Where else runs are told of. */
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
    /** Default what is predicted. */
    experiment: mlflowName.optional(),
    /** The registered model whose versions are the best models of the runs; default the experiment. */
    model: mlflowName.optional(),
  })
  .optional();
