# Builds the application, then keeps what it needs to run: Node, its own code and its dependencies.
FROM node:24.18.0-bookworm-slim@sha256:6f7b03f7c2c8e2e784dcf9295400527b9b1270fd37b7e9a7285cf83b6951452d AS build
WORKDIR /src
COPY . .
RUN npx -y pnpm@10.34.9 install --frozen-lockfile --filter "@churn/cli..." --filter @churn/workspace \
  && npx -y pnpm@10.34.9 exec turbo run build --filter=@churn/cli... \
  && npx -y pnpm@10.34.9 --filter @churn/cli deploy --prod --legacy /app

FROM node:24.18.0-bookworm-slim@sha256:6f7b03f7c2c8e2e784dcf9295400527b9b1270fd37b7e9a7285cf83b6951452d
ENV NODE_ENV=production
WORKDIR /work
COPY --from=build /app /app
COPY config /work/config
RUN ln -s /app/bin/churn.js /usr/local/bin/churn && mkdir -p /work/outputs && chown -R node:node /work
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:3000/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["churn"]
CMD ["serve", "--host", "0.0.0.0"]
