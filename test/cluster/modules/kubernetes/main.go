// Kubernetes in one program: etcd, the servers of the control plane, and a node's kubelet and kube-proxy as subcommands,
// built from their own modules.
package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"go.etcd.io/etcd/server/v3/etcdmain"
	"k8s.io/component-base/cli"
	_ "k8s.io/component-base/logs/json/register"
	_ "k8s.io/component-base/metrics/prometheus/clientgo"
	_ "k8s.io/component-base/metrics/prometheus/version"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
	controllermanager "k8s.io/kubernetes/cmd/kube-controller-manager/app"
	proxy "k8s.io/kubernetes/cmd/kube-proxy/app"
	scheduler "k8s.io/kubernetes/cmd/kube-scheduler/app"
	kubelet "k8s.io/kubernetes/cmd/kubelet/app"
	"k8s.io/kubernetes/pkg/controller/job"
)

// Two waits of the job controller that spare large clusters and that Kubernetes' own tests shorten in this way, too: until
// it looks at pods that ended, and from a failed pod to the next, which doubles. What it does is as it is elsewhere.
func init() {
	job.SyncJobBatchPeriod = 100 * time.Millisecond
	job.DefaultJobPodFailureBackOff = time.Second
}

var commands = map[string]func() *cobra.Command{
	"kube-apiserver":          apiserver.NewAPIServerCommand,
	"kube-controller-manager": controllermanager.NewControllerManagerCommand,
	"kube-proxy":              proxy.NewProxyCommand,
	"kube-scheduler":          func() *cobra.Command { return scheduler.NewSchedulerCommand() },
	"kubelet":                 func() *cobra.Command { return kubelet.NewKubeletCommand(context.Background()) },
}

func main() {
	name := ""
	if len(os.Args) > 1 {
		name = os.Args[1]
		// Every server parses os.Args and names itself by its first entry.
		os.Args = os.Args[1:]
	}
	switch name {
	case "etcd":
		etcdmain.Main(os.Args)
		return
	case "certificates":
		if err := certificatesCommand(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	command, known := commands[name]
	if !known {
		names := append(slices.Sorted(maps.Keys(commands)), "etcd", "certificates")
		fmt.Fprintf(os.Stderr, "no program %q: it is one of %s\n", name, strings.Join(names, ", "))
		os.Exit(2)
	}
	os.Exit(cli.Run(command()))
}

func certificatesCommand() error {
	if len(os.Args) != 2 {
		return errors.New("usage: certificates FOLDER")
	}
	return writeCertificates(os.Args[1])
}
