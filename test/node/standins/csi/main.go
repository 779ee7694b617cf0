// Stands in for the storage behind Kubernetes' own CSI sidecars. A volume is a file with an ext4 file system of the size
// that was asked for, mounted by way of a loop device; a snapshot is a copy of that file, taken while the file system is
// frozen, so that it holds one instant as the snapshot of a disk does.
//
// Usage: csi FOLDER KUBELET_FOLDER NODE
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/container-storage-interface/spec/lib/go/csi"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/timestamppb"
	"google.golang.org/protobuf/types/known/wrapperspb"
	registration "k8s.io/kubelet/pkg/apis/pluginregistration/v1"
)

const (
	name        = "csi.node-lane.local"
	defaultSize = 1 << 30
	// ext4 needs this much for itself and a journal.
	smallest = 16 << 20
)

func main() {
	if len(os.Args) != 4 {
		log.Fatal("usage: csi FOLDER KUBELET_FOLDER NODE")
	}
	d := &driver{folder: os.Args[1], node: os.Args[3]}
	for _, each := range []string{"volumes", "snapshots", "mounts"} {
		if err := os.MkdirAll(filepath.Join(d.folder, each), 0o700); err != nil {
			log.Fatal(err)
		}
	}
	socket := filepath.Join(os.Args[2], "plugins", name, "csi.sock")
	go serve(socket, func(server *grpc.Server) {
		csi.RegisterIdentityServer(server, d)
		csi.RegisterControllerServer(server, d)
		csi.RegisterNodeServer(server, d)
	})
	// The kubelet finds plugins by the sockets in this folder.
	serve(filepath.Join(os.Args[2], "plugins_registry", name+"-reg.sock"), func(server *grpc.Server) {
		registration.RegisterRegistrationServer(server, &registrar{socket: socket})
	})
}

func serve(socket string, register func(*grpc.Server)) {
	if err := os.MkdirAll(filepath.Dir(socket), 0o700); err != nil {
		log.Fatal(err)
	}
	if err := os.Remove(socket); err != nil && !errors.Is(err, os.ErrNotExist) {
		log.Fatal(err)
	}
	listener, err := net.Listen("unix", socket)
	if err != nil {
		log.Fatal(err)
	}
	server := grpc.NewServer()
	register(server)
	log.Fatal(server.Serve(listener))
}

type registrar struct {
	registration.UnimplementedRegistrationServer
	socket string
}

func (r *registrar) GetInfo(context.Context, *registration.InfoRequest) (*registration.PluginInfo, error) {
	return &registration.PluginInfo{Type: registration.CSIPlugin, Name: name, Endpoint: r.socket, SupportedVersions: []string{"1.0.0"}}, nil
}

func (r *registrar) NotifyRegistrationStatus(_ context.Context, told *registration.RegistrationStatus) (*registration.RegistrationStatusResponse, error) {
	if !told.PluginRegistered {
		log.Printf("the kubelet did not register this driver: %s", told.Error)
	}
	return &registration.RegistrationStatusResponse{}, nil
}

// driver does one thing at a time: a volume is not taken away while it is copied.
type driver struct {
	csi.UnimplementedIdentityServer
	csi.UnimplementedControllerServer
	csi.UnimplementedNodeServer
	sync.Mutex
	folder string
	node   string
}

func (d *driver) volume(id string) string   { return filepath.Join(d.folder, "volumes", id) }
func (d *driver) snapshot(id string) string { return filepath.Join(d.folder, "snapshots", id) }
func (d *driver) mounted(id string) string  { return filepath.Join(d.folder, "mounts", id) }

func (d *driver) GetPluginInfo(context.Context, *csi.GetPluginInfoRequest) (*csi.GetPluginInfoResponse, error) {
	return &csi.GetPluginInfoResponse{Name: name, VendorVersion: "1.0.0"}, nil
}

func (d *driver) Probe(context.Context, *csi.ProbeRequest) (*csi.ProbeResponse, error) {
	return &csi.ProbeResponse{Ready: wrapperspb.Bool(true)}, nil
}

func (d *driver) GetPluginCapabilities(context.Context, *csi.GetPluginCapabilitiesRequest) (*csi.GetPluginCapabilitiesResponse, error) {
	controller := &csi.PluginCapability_Service{Type: csi.PluginCapability_Service_CONTROLLER_SERVICE}
	return &csi.GetPluginCapabilitiesResponse{Capabilities: []*csi.PluginCapability{{Type: &csi.PluginCapability_Service_{Service: controller}}}}, nil
}

func (d *driver) ControllerGetCapabilities(context.Context, *csi.ControllerGetCapabilitiesRequest) (*csi.ControllerGetCapabilitiesResponse, error) {
	var all []*csi.ControllerServiceCapability
	for _, each := range []csi.ControllerServiceCapability_RPC_Type{
		csi.ControllerServiceCapability_RPC_CREATE_DELETE_VOLUME,
		csi.ControllerServiceCapability_RPC_CREATE_DELETE_SNAPSHOT,
		csi.ControllerServiceCapability_RPC_CLONE_VOLUME,
	} {
		all = append(all, &csi.ControllerServiceCapability{Type: &csi.ControllerServiceCapability_Rpc{Rpc: &csi.ControllerServiceCapability_RPC{Type: each}}})
	}
	return &csi.ControllerGetCapabilitiesResponse{Capabilities: all}, nil
}

func (d *driver) ValidateVolumeCapabilities(_ context.Context, asked *csi.ValidateVolumeCapabilitiesRequest) (*csi.ValidateVolumeCapabilitiesResponse, error) {
	confirmed := &csi.ValidateVolumeCapabilitiesResponse_Confirmed{VolumeCapabilities: asked.VolumeCapabilities}
	return &csi.ValidateVolumeCapabilitiesResponse{Confirmed: confirmed}, nil
}

func (d *driver) CreateVolume(_ context.Context, asked *csi.CreateVolumeRequest) (*csi.CreateVolumeResponse, error) {
	d.Lock()
	defer d.Unlock()
	size := asked.GetCapacityRange().GetRequiredBytes()
	if size == 0 {
		size = defaultSize
	}
	size = max(size, smallest)
	file := d.volume(asked.Name)
	if _, err := os.Stat(file); errors.Is(err, os.ErrNotExist) {
		if err := d.fill(file, size, asked.VolumeContentSource); err != nil {
			return nil, err
		}
	}
	made := &csi.Volume{VolumeId: asked.Name, CapacityBytes: size, ContentSource: asked.VolumeContentSource}
	return &csi.CreateVolumeResponse{Volume: made}, nil
}

// fill makes a volume's file under another name first: what was cut off is not taken for a volume.
func (d *driver) fill(file string, size int64, source *csi.VolumeContentSource) error {
	draft := file + ".draft"
	if source == nil {
		if err := makeFile(draft, size); err != nil {
			return failed(err)
		}
		if err := run("mkfs.ext4", "-q", "-m", "0", "-E", "root_owner=0:0,lazy_itable_init=1", draft); err != nil {
			return failed(err)
		}
		// Empty, and open to the engines' own users.
		for _, change := range []string{"rmdir lost+found", "set_inode_field / mode 040777"} {
			if err := run("debugfs", "-w", "-R", change, draft); err != nil {
				return failed(err)
			}
		}
		return failed(os.Rename(draft, file))
	}
	if id := source.GetSnapshot().GetSnapshotId(); id != "" {
		from := d.snapshot(id)
		if _, err := os.Stat(from); err != nil {
			return status.Errorf(codes.NotFound, "snapshot %s: %v", id, err)
		}
		if err := copyFile(from, draft); err != nil {
			return failed(err)
		}
	} else if err := d.copyVolume(source.GetVolume().GetVolumeId(), draft); err != nil {
		return err
	}
	if err := grow(draft, size); err != nil {
		return failed(err)
	}
	return failed(os.Rename(draft, file))
}

func (d *driver) DeleteVolume(_ context.Context, asked *csi.DeleteVolumeRequest) (*csi.DeleteVolumeResponse, error) {
	d.Lock()
	defer d.Unlock()
	return &csi.DeleteVolumeResponse{}, failed(remove(d.volume(asked.VolumeId)))
}

func (d *driver) CreateSnapshot(_ context.Context, asked *csi.CreateSnapshotRequest) (*csi.CreateSnapshotResponse, error) {
	d.Lock()
	defer d.Unlock()
	file := d.snapshot(asked.Name)
	if _, err := os.Stat(file); errors.Is(err, os.ErrNotExist) {
		if err := d.copyVolume(asked.SourceVolumeId, file+".draft"); err != nil {
			return nil, err
		}
		if err := os.Rename(file+".draft", file); err != nil {
			return nil, failed(err)
		}
	}
	stat, err := os.Stat(file)
	if err != nil {
		return nil, failed(err)
	}
	return &csi.CreateSnapshotResponse{Snapshot: &csi.Snapshot{
		SnapshotId:     asked.Name,
		SourceVolumeId: asked.SourceVolumeId,
		SizeBytes:      stat.Size(),
		CreationTime:   timestamppb.New(stat.ModTime()),
		ReadyToUse:     true,
	}}, nil
}

func (d *driver) DeleteSnapshot(_ context.Context, asked *csi.DeleteSnapshotRequest) (*csi.DeleteSnapshotResponse, error) {
	d.Lock()
	defer d.Unlock()
	return &csi.DeleteSnapshotResponse{}, failed(remove(d.snapshot(asked.SnapshotId)))
}

// copyVolume copies a volume as it is at one instant, mounted or not.
func (d *driver) copyVolume(id, to string) error {
	from := d.volume(id)
	if _, err := os.Stat(from); err != nil {
		return status.Errorf(codes.NotFound, "volume %s: %v", id, err)
	}
	if !isMounted(d.mounted(id)) {
		return failed(copyFile(from, to))
	}
	if err := run("fsfreeze", "--freeze", d.mounted(id)); err != nil {
		return failed(err)
	}
	err := copyFile(from, to)
	return failed(errors.Join(err, run("fsfreeze", "--unfreeze", d.mounted(id))))
}

func (d *driver) NodeGetInfo(context.Context, *csi.NodeGetInfoRequest) (*csi.NodeGetInfoResponse, error) {
	return &csi.NodeGetInfoResponse{NodeId: d.node}, nil
}

func (d *driver) NodeGetCapabilities(context.Context, *csi.NodeGetCapabilitiesRequest) (*csi.NodeGetCapabilitiesResponse, error) {
	return &csi.NodeGetCapabilitiesResponse{}, nil
}

func (d *driver) NodePublishVolume(_ context.Context, asked *csi.NodePublishVolumeRequest) (*csi.NodePublishVolumeResponse, error) {
	d.Lock()
	defer d.Unlock()
	at := d.mounted(asked.VolumeId)
	if !isMounted(at) {
		if err := os.MkdirAll(at, 0o700); err != nil {
			return nil, failed(err)
		}
		if err := run("mount", "-t", "ext4", "-o", "loop", d.volume(asked.VolumeId), at); err != nil {
			return nil, failed(err)
		}
	}
	if isMounted(asked.TargetPath) {
		return &csi.NodePublishVolumeResponse{}, nil
	}
	if err := os.MkdirAll(asked.TargetPath, 0o750); err != nil {
		return nil, failed(err)
	}
	if err := run("mount", "--bind", at, asked.TargetPath); err != nil {
		return nil, failed(err)
	}
	if !asked.Readonly {
		return &csi.NodePublishVolumeResponse{}, nil
	}
	return &csi.NodePublishVolumeResponse{}, failed(run("mount", "-o", "remount,bind,ro", asked.TargetPath))
}

func (d *driver) NodeUnpublishVolume(_ context.Context, asked *csi.NodeUnpublishVolumeRequest) (*csi.NodeUnpublishVolumeResponse, error) {
	d.Lock()
	defer d.Unlock()
	if isMounted(asked.TargetPath) {
		if err := run("umount", asked.TargetPath); err != nil {
			return nil, failed(err)
		}
	}
	if err := os.Remove(asked.TargetPath); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, failed(err)
	}
	at := d.mounted(asked.VolumeId)
	if isMounted(at) && !isUsedElsewhere(at) {
		if err := run("umount", at); err != nil {
			return nil, failed(err)
		}
		return &csi.NodeUnpublishVolumeResponse{}, failed(os.Remove(at))
	}
	return &csi.NodeUnpublishVolumeResponse{}, nil
}

// mounts gives, of this mount namespace, device by mount point.
func mounts() map[string]string {
	text, err := os.ReadFile("/proc/self/mountinfo")
	if err != nil {
		log.Fatal(err)
	}
	found := map[string]string{}
	for _, line := range strings.Split(string(text), "\n") {
		if fields := strings.Fields(line); len(fields) > 4 {
			found[fields[4]] = fields[2]
		}
	}
	return found
}

func isMounted(at string) bool {
	_, is := mounts()[at]
	return is
}

func isUsedElsewhere(at string) bool {
	all := mounts()
	for point, device := range all {
		if point != at && device == all[at] {
			return true
		}
	}
	return false
}

func makeFile(file string, size int64) error {
	made, err := os.OpenFile(file, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(made.Truncate(size), made.Close())
}

// copyFile keeps the time at which the copy was begun as the file's own.
func copyFile(from, to string) error {
	begun := time.Now()
	if err := run("cp", "--sparse=always", from, to); err != nil {
		return err
	}
	return os.Chtimes(to, begun, begun)
}

// grow gives a copied file system the size of a larger claim. One that was mounted has a journal to be played first.
func grow(file string, size int64) error {
	stat, err := os.Stat(file)
	if err != nil || stat.Size() >= size {
		return err
	}
	if err := os.Truncate(file, size); err != nil {
		return err
	}
	// Status 1: it mended something, here the journal.
	if err := run("e2fsck", "-f", "-p", file); err != nil {
		var ended *exec.ExitError
		if !errors.As(err, &ended) || ended.ExitCode() > 1 {
			return err
		}
	}
	return run("resize2fs", file)
}

func remove(file string) error {
	if err := os.Remove(file); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

func run(program string, args ...string) error {
	output, err := exec.Command(program, args...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s %s: %w: %s", program, strings.Join(args, " "), err, strings.TrimSpace(string(output)))
	}
	return nil
}

// failed gives an error the form in which a caller of the driver gets it.
func failed(err error) error {
	if err == nil {
		return nil
	}
	if _, is := status.FromError(err); is {
		return err
	}
	log.Print(err)
	return status.Error(codes.Internal, err.Error())
}
