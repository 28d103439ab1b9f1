# One image for every process of Homeward: the services, the gateway, the development issuer and `ops`. Which one runs is
# the container's argument, e.g. `services/people/src/main.js`.
ARG NODE=docker.io/library/node:24.21.0-bookworm-slim

FROM ${NODE} AS build
WORKDIR /homeward
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --no-audit --no-fund
COPY .swcrc ./
COPY tools tools
COPY infra infra
COPY libs libs
COPY services services
RUN node tools/build.mjs && rm -rf dist/libs/testing

# Without compilers, test tools and PostgreSQL's binaries, which a container does not start.
FROM ${NODE} AS dependencies
WORKDIR /homeward
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --omit=optional --no-audit --no-fund

FROM ${NODE}
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080
WORKDIR /homeward/dist
COPY --from=dependencies /homeward/package.json /homeward/package-lock.json /homeward/
COPY --from=dependencies /homeward/node_modules /homeward/node_modules
COPY --from=build /homeward/dist /homeward/dist
# A new volume mounted here begins as the user's own: the development issuer keeps its keys in it.
RUN install -d -o node -g node /keys
USER node
EXPOSE 8080
ENTRYPOINT ["node"]
CMD ["tools/ops/main.js", "--help"]
