/**
 * @file requests.h
 * What JavaScript asks of a connection. Each function takes the arguments that lib/native.ts declares for it, and returns
 * the C client's code; 0 promises a reply, unless the connection is closed first. JavaScript thread.
 */
#ifndef LIBZOOKEEPER_REQUESTS_H
#define LIBZOOKEEPER_REQUESTS_H

#include "arguments.h"
#include "client.h"

namespace libzookeeper {
namespace requests {

/** zoo_awget */
int Get(Client* client, const Arguments& arguments);
/** zoo_awget_children2 */
int Children(Client* client, const Arguments& arguments);
/** zoo_awexists */
int Exists(Client* client, const Arguments& arguments);
/** zoo_acreate_ttl, zoo_acreate2_ttl */
int Create(Client* client, const Arguments& arguments);
/** zoo_aset */
int Set(Client* client, const Arguments& arguments);
/** zoo_adelete */
int Delete(Client* client, const Arguments& arguments);
/** zoo_aget_acl */
int GetAcl(Client* client, const Arguments& arguments);
/** zoo_aset_acl */
int SetAcl(Client* client, const Arguments& arguments);
/** zoo_async */
int Sync(Client* client, const Arguments& arguments);
/** zoo_awgetconfig */
int GetConfig(Client* client, const Arguments& arguments);
/** zoo_areconfig */
int Reconfig(Client* client, const Arguments& arguments);
/** zoo_amulti */
int Multi(Client* client, const Arguments& arguments);
/** zoo_set_servers, on the handle's own thread */
int SetServers(Client* client, const Arguments& arguments);
/** zoo_add_auth */
int AddAuth(Client* client, const Arguments& arguments);
/** zoo_aremove_all_watches */
int RemoveWatches(Client* client, const Arguments& arguments);

}  // namespace requests
}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_REQUESTS_H
